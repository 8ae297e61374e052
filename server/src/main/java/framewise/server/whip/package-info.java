/**
 * Video that programs and browsers publish over WHIP, the WebRTC-HTTP Ingestion Protocol of RFC
 * 9725. It becomes a session like any other.
 */
@NullMarked
package framewise.server.whip;

import org.jspecify.annotations.NullMarked;
