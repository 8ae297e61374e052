/** What clients of every generation of the Overshoot API share. */
@NullMarked
package framewise.overshoot;

import org.jspecify.annotations.NullMarked;
