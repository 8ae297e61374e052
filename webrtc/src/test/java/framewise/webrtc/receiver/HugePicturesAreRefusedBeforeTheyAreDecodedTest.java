package framewise.webrtc.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.webrtc.PeerListener;
import framewise.webrtc.PeerOptions;
import framewise.webrtc.Peers;
import framewise.webrtc.SenderTimeouts;
import framewise.webrtc.StepwiseReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Seen: libwebrtc decoded VP8 pictures of 16383x16383 before their size could be checked, at 1.6 GB
 * for each sender.
 */
class HugePicturesAreRefusedBeforeTheyAreDecodedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int VP8 = 96;
  private static final int H264 = 97;

  /** A payload with the header of a key frame, 16383x16383 pixels. */
  static final byte[] HUGE_VP8 = hex("10" + "100000" + "9d012a" + "ff3fff3f" + "00".repeat(64));

  /** A sequence parameter set, 16384x16384 pixels. */
  private static final byte[] HUGE_H264 = hex("6742003eda001000008019");

  private static final byte[] PARAMETERS = hex("68cb83cb20");
  private static final byte[] SLICE = hex("6588840a" + "55".repeat(64));

  /** LiveKit's clients negotiate in steps. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theyCountAsDroppedAndTakeNoMemory(boolean inSteps) throws Exception {
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        StepwiseReceiver receiver =
            peers.stepwiseReceiver(SenderTimeouts.DEFAULT, PeerListener.NONE);
        var sender = new HandmadeSender(true)) {
      String offer = sender.offer(true);
      sender.connect(
          inSteps
              ? receiver.negotiate(offer, address -> Optional.empty()).answer()
              : receiver.answer(offer));
      sender.check(true);
      sender.shake();
      sender.agree();
      long reserved = receiver.memoryBytes();
      long resident = residentMegabytes();
      for (int i = 0; i < 20; i++) {
        sender.picture(VP8, HUGE_VP8);
        sender.picture(H264, HUGE_H264, PARAMETERS, SLICE);
      }
      await().atMost(PATIENCE).until(() -> receiver.dropped() >= 40);
      assertThat(receiver.next(Duration.ofMillis(50))).isEmpty();
      assertThat(receiver.stats().framesDecoded()).isZero();
      assertThat(receiver.memoryBytes()).isEqualTo(reserved);
      assertThat(residentMegabytes() - resident).isLessThan(64);
      assertThat(receiver.disconnectReason()).isEmpty();
    }
  }

  private static long residentMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1_024)
        .findFirst()
        .orElseThrow();
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
