/** Watches and incidents in the console. */
@NullMarked
package framewise.e2e.watch;

import org.jspecify.annotations.NullMarked;
