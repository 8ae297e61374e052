package framewise.webrtc;

import framewise.webrtc.receiver.VideoConnection;
import java.util.Optional;

/**
 * What a receiver has received since it was created; W3C's inbound-rtp statistics.
 *
 * @param framesReceived complete pictures received
 * @param framesDecoded decoded pictures
 * @param framesDropped pictures that could not be decoded or were too late
 * @param keyFramesDecoded key frames among the decoded
 * @param bytesReceived payload bytes
 * @param packetsReceived packets
 * @param packetsLost missing packets; negative when more arrived than expected
 * @param width pixels of the newest picture as coded; 0 before the first
 * @param height pixels of the newest picture as coded; 0 before the first
 * @param jitterSeconds variation of packet arrival, RFC 3550
 * @param codec such as {@code video/VP8}; empty before the first picture
 */
public record ReceiverStats(
    long framesReceived,
    long framesDecoded,
    long framesDropped,
    long keyFramesDecoded,
    long bytesReceived,
    long packetsReceived,
    long packetsLost,
    int width,
    int height,
    double jitterSeconds,
    Optional<String> codec) {
  /** Nothing was received. */
  static final ReceiverStats NONE =
      new ReceiverStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Optional.empty());

  static ReceiverStats of(VideoConnection connection) {
    VideoConnection.VideoStats numbers = connection.numbers();
    return new ReceiverStats(
        numbers.complete(),
        connection.decoded(),
        connection.refused(),
        connection.keysDecoded(),
        numbers.bytes(),
        numbers.packets(),
        numbers.lost(),
        connection.width(),
        connection.height(),
        numbers.jitterSeconds(),
        connection.codec().map(codec -> "video/" + codec));
  }
}
