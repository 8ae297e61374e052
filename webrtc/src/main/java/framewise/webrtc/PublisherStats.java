package framewise.webrtc;

import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import java.util.Optional;

/**
 * What a publisher has sent since it was created; W3C's outbound-rtp statistics.
 *
 * @param framesEncoded pictures that went through the encoder
 * @param keyFramesEncoded key frames among them
 * @param framesSent pictures that went out
 * @param bytesSent payload bytes, including retransmissions
 * @param packetsSent packets, including retransmissions
 * @param packetsLost packets that the remote peer reports as lost
 * @param width pixels of the newest picture; 0 before the first
 * @param height pixels of the newest picture; 0 before the first
 * @param targetBitsPerSecond the encoder's current bit rate limit
 * @param roundTripSeconds from the remote peer's reports; empty before the first
 * @param codec such as {@code video/VP8}; empty before it is negotiated
 */
public record PublisherStats(
    long framesEncoded,
    long keyFramesEncoded,
    long framesSent,
    long bytesSent,
    long packetsSent,
    long packetsLost,
    int width,
    int height,
    double targetBitsPerSecond,
    Optional<Double> roundTripSeconds,
    Optional<String> codec) {
  static PublisherStats of(RTCStatsReport report) {
    Statistics sent = Statistics.of(report, RTCStatsType.OUTBOUND_RTP);
    Statistics heard = Statistics.of(report, RTCStatsType.REMOTE_INBOUND_RTP);
    return new PublisherStats(
        sent.whole("framesEncoded"),
        sent.whole("keyFramesEncoded"),
        sent.whole("framesSent"),
        sent.whole("bytesSent"),
        sent.whole("packetsSent"),
        heard.whole("packetsLost"),
        (int) sent.whole("frameWidth"),
        (int) sent.whole("frameHeight"),
        sent.number("targetBitrate").orElse(0.0),
        heard.number("roundTripTime"),
        sent.codec());
  }
}
