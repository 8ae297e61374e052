/** Watches in words: they ask by themselves while their sessions run. */
@NullMarked
package framewise.engine.watch.words;

import org.jspecify.annotations.NullMarked;
