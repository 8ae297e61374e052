/** Limits on what one client, and all clients together, may take of the service. */
@NullMarked
package framewise.server.limits;

import org.jspecify.annotations.NullMarked;
