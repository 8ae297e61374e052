/** Connectivity checks of ICE (RFC 8445), and the addresses that STUN and TURN servers give us. */
@NullMarked
package framewise.webrtc.ice;

import org.jspecify.annotations.NullMarked;
