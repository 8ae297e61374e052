/** Calls about watches, incidents and recaps. */
@NullMarked
package framewise.server.watch;

import org.jspecify.annotations.NullMarked;
