/** The development loop: watch the sources, compile them, start the service again. */
@NullMarked
package framewise.dev;

import org.jspecify.annotations.NullMarked;
