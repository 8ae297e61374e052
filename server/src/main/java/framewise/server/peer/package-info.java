/** Peers that send video here over WebRTC, whatever API they came by. */
@NullMarked
package framewise.server.peer;

import org.jspecify.annotations.NullMarked;
