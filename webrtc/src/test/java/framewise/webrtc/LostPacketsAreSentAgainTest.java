package framewise.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.media.picture.Frame;
import framewise.webrtc.receiver.LossyLine;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real sender whose packets pass through a line that loses and swaps some of them. */
class LostPacketsAreSentAgainTest {
  private static final int PICTURES = 150;

  @ParameterizedTest
  @ValueSource(strings = {"VP8", "H264"})
  void mostPicturesArriveWithFivePercentLoss(String codec) throws Exception {
    String other = codec.equals("VP8") ? "H264" : "VP8";
    try (var line = new LossyLine(address(), 0.05, 0.05, 20_261_201);
        Peers peers = new Peers(PeerOptions.DEFAULTS);
        Pair pair =
            new Pair(
                peers,
                offer -> offer.replaceAll(other + "/90000", "unknown/90000"),
                line::answer)) {
      pair.exchange(640, 480).close();
      int arrived = 0;
      for (int step = 0; step < PICTURES; step++) {
        pair.send(640, 480, step);
        Optional<Frame> frame = pair.receiver.next(Duration.ofMillis(33));
        arrived += frame.isPresent() ? 1 : 0;
        frame.ifPresent(Frame::close);
      }
      assertThat(line.lost()).isGreaterThan(2);
      // A busy machine's encoder skips pictures: only those that were sent can arrive.
      long sent = pair.publisher.stats().framesSent();
      assertThat(sent).isGreaterThan(PICTURES / 5);
      assertThat(pair.receiver.stats().codec()).contains("video/" + codec);
      await()
          .atMost(Pair.PATIENCE)
          .untilAsserted(
              () -> {
                ReceiverStats stats = pair.receiver.stats();
                assertThat(stats.framesDecoded())
                    .as("of %d, %s", sent, stats)
                    .isGreaterThanOrEqualTo(sent * 9 / 10);
              });
      assertThat(arrived).isGreaterThan((int) sent / 4);
    }
  }

  private static InetAddress address() throws SocketException {
    return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
        .flatMap(card -> Collections.list(card.getInetAddresses()).stream())
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .findFirst()
        .orElseThrow();
  }
}
