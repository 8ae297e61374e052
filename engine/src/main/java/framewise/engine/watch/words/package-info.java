/** Watches with a condition in words: while a session runs, they ask a model by themselves. */
@NullMarked
package framewise.engine.watch.words;

import org.jspecify.annotations.NullMarked;
