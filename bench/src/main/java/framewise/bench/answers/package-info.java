/** How often the built-in back end is right. */
@NullMarked
package framewise.bench.answers;

import org.jspecify.annotations.NullMarked;
