/** The sample in the console, answered by the built-in model. */
@NullMarked
package framewise.e2e.sample;

import org.jspecify.annotations.NullMarked;
