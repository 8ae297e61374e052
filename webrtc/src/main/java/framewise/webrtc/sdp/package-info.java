/** Session descriptions (RFC 8866): parsing, validating and rewriting them for peer connections. */
@NullMarked
package framewise.webrtc.sdp;

import org.jspecify.annotations.NullMarked;
