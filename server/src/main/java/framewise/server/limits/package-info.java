/** How much of the service one client, and all of them together, may hold. */
@NullMarked
package framewise.server.limits;

import org.jspecify.annotations.NullMarked;
