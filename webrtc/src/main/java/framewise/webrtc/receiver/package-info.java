/**
 * Our own receiver of published video, in Java: checks of ICE, DTLS, SRTP, RTP, and the way to the
 * decoder. {@code framewise.webrtc.library} holds the native library, which publishes video and
 * serves peers that negotiate in steps.
 */
@NullMarked
package framewise.webrtc.receiver;

import org.jspecify.annotations.NullMarked;
