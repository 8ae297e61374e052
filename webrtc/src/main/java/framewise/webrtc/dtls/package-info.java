/** DTLS handshakes that agree on keys for SRTP (RFC 5764), with Bouncy Castle. */
@NullMarked
package framewise.webrtc.dtls;

import org.jspecify.annotations.NullMarked;
