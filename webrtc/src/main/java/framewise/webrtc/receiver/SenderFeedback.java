package framewise.webrtc.receiver;

import framewise.webrtc.rtp.ArrivalFeedback;
import framewise.webrtc.rtp.Rtcp;
import framewise.webrtc.rtp.RtpPacket;
import framewise.webrtc.sdp.VideoTerms;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Decides what to report to the sender, and when: losses, requests for key frames, arrival of
 * packets, the permitted rate. Used by the thread that reads the sockets.
 */
final class SenderFeedback {
  private static final long REPORT_NANOS = 1_000_000_000;
  private static final long ARRIVALS_NANOS = 100_000_000;

  /** Pause between requests for key frames: they are large, and take a round trip. */
  private static final long KEY_NANOS = 500_000_000;

  /** Maximum rate at the start, in bits per second: that of our own publisher. */
  private static final long START_RATE = 2_500_000;

  private static final long MIN_RATE = 200_000;
  private static final long MAX_RATE = 8_000_000;

  /** Of 256 packets; a loss below 2 percent does not count as congestion, above 10 it does. */
  private static final int LITTLE_LOSS = 5;

  private static final int MUCH_LOSS = 26;

  private VideoTerms terms;
  private final IncomingVideo video;
  private final int own = ThreadLocalRandom.current().nextInt();
  private final ArrivalFeedback arrivals = new ArrivalFeedback();
  private long reportAt;
  private long arrivalsAt;
  private long keyAt;
  private boolean begun;
  private int intraRequests;
  private long rate = START_RATE;
  private long senderReport;
  private long senderReportNanos;

  SenderFeedback(VideoTerms terms, IncomingVideo video) {
    this.terms = terms;
    this.video = video;
  }

  /** Reports on another video from now on. */
  void change(VideoTerms next) {
    if (!next.equals(terms)) {
      terms = next;
      senderReport = 0;
    }
  }

  /** Notes the arrival of an authentic packet, of whatever source. */
  void arrived(RtpPacket packet, long nanos) {
    if (terms.wantsArrivals()) {
      packet.extension(terms.transportNumber(), 2).ifPresent(number -> arrivals.add(number, nanos));
    }
  }

  /** Takes authentic control packets of the sender. */
  void control(byte[] packets, long nanos) {
    if (video.source().isPresent()) {
      Rtcp.reportTime(packets, video.source().get())
          .ifPresent(
              time -> {
                senderReport = time;
                senderReportNanos = nanos;
              });
    }
  }

  /** How long to wait for packets at most before {@link #due} is to be called, in milliseconds. */
  long waitMillis() {
    return video.isWaiting() ? 5 : 50;
  }

  /** The control packets to send now, to be protected as one; empty when nothing is due. */
  Optional<byte[]> due(long nanos) {
    Optional<Integer> source = video.source();
    if (source.isEmpty()) {
      return Optional.empty();
    }
    int media = source.get();
    if (!begun) {
      begun = true;
      reportAt = nanos;
      arrivalsAt = nanos;
      keyAt = nanos;
    }
    byte[] packets = {};
    List<Integer> missing = video.missing(nanos);
    if (!missing.isEmpty()) {
      packets = Rtcp.joined(packets, Rtcp.nack(own, media, missing));
    }
    if (video.wantsKey() && nanos >= keyAt) {
      keyAt = nanos + KEY_NANOS;
      packets = Rtcp.joined(packets, keyRequest(media));
    }
    if (terms.wantsArrivals() && (nanos >= arrivalsAt || arrivals.isFull())) {
      arrivalsAt = nanos + ARRIVALS_NANOS;
      Optional<byte[]> report = arrivals.report(own, media);
      packets = report.isPresent() ? Rtcp.joined(packets, report.get()) : packets;
    }
    if (nanos >= reportAt) {
      reportAt = nanos + REPORT_NANOS;
      return Optional.of(Rtcp.joined(report(media, nanos), packets));
    }
    if (packets.length == 0) {
      return Optional.empty();
    }
    return Optional.of(terms.reducedSize() ? packets : Rtcp.joined(Rtcp.emptyReport(own), packets));
  }

  private byte[] report(int media, long nanos) {
    int since =
        senderReport == 0 ? 0 : (int) ((nanos - senderReportNanos) / 1_000 * 65_536 / 1_000_000);
    int lost = video.stats().fractionLost();
    byte[] report = Rtcp.receiverReport(own, media, video.stats(), lost, (int) senderReport, since);
    if (!terms.wantsMaxRate()) {
      return report;
    }
    if (lost > MUCH_LOSS) {
      rate = Math.max(MIN_RATE, rate * 85 / 100);
    } else if (lost < LITTLE_LOSS) {
      rate = Math.min(MAX_RATE, rate * 108 / 100);
    }
    return Rtcp.joined(report, Rtcp.maxBitRate(own, media, rate));
  }

  private byte[] keyRequest(int media) {
    boolean older = !terms.feedback().contains("nack pli") && terms.feedback().contains("ccm fir");
    return older
        ? Rtcp.fullIntra(own, media, intraRequests++ & 0xFF)
        : Rtcp.pictureLoss(own, media);
  }
}
