/** Connectivity checks of ICE (RFC 8445), answered as a lite agent. */
@NullMarked
package framewise.webrtc.ice;

import org.jspecify.annotations.NullMarked;
