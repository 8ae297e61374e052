/** Measures the accuracy of the built-in back end. */
@NullMarked
package framewise.bench.answers;

import org.jspecify.annotations.NullMarked;
