/**
 * Our own receiver of published video, in Java: checks of ICE, DTLS, SRTP, RTP, and the hand-over
 * to the decoder. {@code framewise.webrtc.library} holds the native library, which only publishes
 * video.
 */
@NullMarked
package framewise.webrtc.receiver;

import org.jspecify.annotations.NullMarked;
