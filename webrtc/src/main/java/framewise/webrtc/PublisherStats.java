package framewise.webrtc;

import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import java.util.Optional;

/**
 * What a publisher has sent since it was made; W3C's outbound-rtp statistics.
 *
 * @param framesEncoded pictures that went through the encoder
 * @param keyFramesEncoded those of them that stand alone
 * @param framesSent pictures that went out
 * @param bytesSent payload bytes, repetitions included
 * @param packetsSent packets, repetitions included
 * @param packetsLost packets the far end says it never got
 * @param width pixels of the newest picture; 0 before the first
 * @param height pixels of the newest picture; 0 before the first
 * @param targetBitsPerSecond what the encoder may use just now
 * @param roundTripSeconds as the far end's reports tell; empty before the first of them
 * @param codec such as {@code video/VP8}; empty before it is agreed on
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
