/** Encoded pictures out of RTP payloads, with their size before anything is decoded. */
@NullMarked
package framewise.webrtc.payload;

import org.jspecify.annotations.NullMarked;
