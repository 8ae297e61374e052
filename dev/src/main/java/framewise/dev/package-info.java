/** The development loop: watch the sources, compile them, restart the service. */
@NullMarked
package framewise.dev;

import org.jspecify.annotations.NullMarked;
