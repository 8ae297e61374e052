/** Splitting of answers and search queries into words. */
@NullMarked
package framewise.engine.words;

import org.jspecify.annotations.NullMarked;
