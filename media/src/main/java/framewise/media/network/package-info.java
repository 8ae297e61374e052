/** Video from the network: URLs, the rules for addresses, and HTTP over checked sockets. */
@NullMarked
package framewise.media.network;

import org.jspecify.annotations.NullMarked;
