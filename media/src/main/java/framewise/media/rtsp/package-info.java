/** RTSP 1.0 over TCP, RFC 2326: from a camera's URL to its RTP packets. */
@NullMarked
package framewise.media.rtsp;

import org.jspecify.annotations.NullMarked;
