/**
 * Session descriptions (RFC 8866): what the peer connections read in them and change about them.
 */
@NullMarked
package framewise.webrtc.sdp;

import org.jspecify.annotations.NullMarked;
