/** Tests of the calls about watches. */
@NullMarked
package framewise.server.watch;

import org.jspecify.annotations.NullMarked;
