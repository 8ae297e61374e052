/** Peers that send video over WebRTC, for all APIs. */
@NullMarked
package framewise.server.peer;

import org.jspecify.annotations.NullMarked;
