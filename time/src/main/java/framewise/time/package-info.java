/** The one clock and the one scheduler: nothing else in the product reads the time or waits. */
@NullMarked
package framewise.time;

import org.jspecify.annotations.NullMarked;
