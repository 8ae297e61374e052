/**
 * Video out of the network: what a URL names, whom it may reach, and HTTP over sockets that were
 * checked.
 */
@NullMarked
package framewise.media.network;

import org.jspecify.annotations.NullMarked;
