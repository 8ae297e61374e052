/** RTP packets (RFC 3550): parsing, ordering, and feedback to their sender. */
@NullMarked
package framewise.webrtc.rtp;

import org.jspecify.annotations.NullMarked;
