/** Protection of RTP and RTCP packets (RFC 3711, RFC 7714). */
@NullMarked
package framewise.webrtc.srtp;

import org.jspecify.annotations.NullMarked;
