/** Calls for endpoints and deliveries, and the stream of all sessions' notices. */
@NullMarked
package framewise.server.delivery;

import org.jspecify.annotations.NullMarked;
