/** A client of the Overshoot API v0.2. */
@NullMarked
package framewise.overshoot.v02;

import org.jspecify.annotations.NullMarked;
