package framewise.webrtc.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import framewise.webrtc.ConnectionState;
import framewise.webrtc.PeerListener;
import framewise.webrtc.PeerOptions;
import framewise.webrtc.Peers;
import framewise.webrtc.Receiver;
import framewise.webrtc.SenderTimeouts;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileRecordsDoNoHarmTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int HANDSHAKE = 22;
  private static final int HUGE = 0xffffff;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * Seen: the first fragment of a message made the receiver allocate the whole message, 16 MB each.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMessageOf16MegabytesTakesNoMemory(boolean waits) throws Exception {
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Receiver receiver = peers.receiver(SenderTimeouts.DEFAULT, PeerListener.NONE);
        var sender = new HandmadeSender(waits)) {
      sender.connect(receiver.answer(sender.offer(true)));
      sender.check(true);
      await().atMost(PATIENCE).until(() -> sender.received() > 0);
      long before = THREADS.getTotalThreadAllocatedBytes();
      for (int message = 0; message < 20; message++) {
        sender.send(record(HANDSHAKE, 0, message, fragment(1, message, HUGE)));
        sender.send(record(HANDSHAKE, 0, message, fragment(11, message, HUGE)));
      }
      sender.shake();
      sender.agree();
      await().atMost(PATIENCE).until(() -> receiver.state() == ConnectionState.CONNECTED);
      assertThat(THREADS.getTotalThreadAllocatedBytes() - before).isLessThan(96 << 20);
    }
  }

  /** Seen: a record shorter than the cipher's authentication tag ended the connection. */
  @Test
  void recordsThatCannotBeDecryptedAreDiscarded() throws Exception {
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Receiver receiver = peers.receiver(SenderTimeouts.DEFAULT, PeerListener.NONE);
        var sender = new HandmadeSender(true)) {
      sender.connect(receiver.answer(sender.offer(true)));
      sender.check(true);
      sender.shake();
      sender.agree();
      await().atMost(PATIENCE).until(() -> receiver.state() == ConnectionState.CONNECTED);
      for (int type = 20; type <= 24; type++) {
        for (int length = 0; length < 48; length++) {
          sender.send(record(type, 1, 1_000L * type + length, new byte[length]));
        }
      }
      await()
          .during(Duration.ofSeconds(2))
          .atMost(PATIENCE)
          .until(() -> receiver.state() == ConnectionState.CONNECTED);
      sender.sayGoodbye();
      await().atMost(PATIENCE).until(() -> receiver.state() == ConnectionState.FAILED);
    }
  }

  private static byte[] record(int type, int epoch, long number, byte[] content) {
    return ByteBuffer.allocate(13 + content.length)
        .put((byte) type)
        .putShort((short) 0xFEFD)
        .putLong(((long) epoch << 48) | number)
        .putShort((short) content.length)
        .put(content)
        .array();
  }

  private static byte[] fragment(int type, int message, int length) {
    int present = 50;
    return ByteBuffer.allocate(12 + present)
        .putInt((type << 24) | length)
        .putShort((short) message)
        .put(new byte[3])
        .put((byte) 0)
        .putShort((short) present)
        .array();
  }
}
