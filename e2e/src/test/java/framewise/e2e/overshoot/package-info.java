/** Apps on the Overshoot SDK, unchanged. */
@NullMarked
package framewise.e2e.overshoot;

import org.jspecify.annotations.NullMarked;
