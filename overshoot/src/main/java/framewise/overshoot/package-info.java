/** The common parts of clients for every generation of the Overshoot API. */
@NullMarked
package framewise.overshoot;

import org.jspecify.annotations.NullMarked;
