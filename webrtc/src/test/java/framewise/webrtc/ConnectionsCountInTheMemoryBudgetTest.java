package framewise.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import framewise.media.memory.MemoryExhaustedException;
import framewise.media.memory.NativeMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionsCountInTheMemoryBudgetTest {
  private static final long MB = 1 << 20;
  private final long before = NativeMemory.used();

  @AfterEach
  void everythingIsGivenBack() {
    NativeMemory.limit(Long.MAX_VALUE);
    assertThat(NativeMemory.used()).isEqualTo(before);
  }

  @Test
  void aConnectionForWhichThereIsNoRoomIsRefused() {
    NativeMemory.limit(before + 10 * MB);
    try (var memory = new ReceiverMemory()) {
      assertThatThrownBy(memory::reserve)
          .isInstanceOf(MemoryExhaustedException.class)
          .hasMessageStartingWith("This connection needs 16 MB of memory");
    }
  }

  @Test
  void picturesForWhichThereIsNoRoomEndIt() throws Exception {
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Pair pair = new Pair(peers)) {
      await().atMost(Pair.PATIENCE).until(() -> pair.receiver.state() == ConnectionState.CONNECTED);
      NativeMemory.limit(NativeMemory.used() + 8 * MB);
      await()
          .atMost(Pair.PATIENCE)
          .until(
              () -> {
                pair.send(1280, 720, 0);
                return pair.receiver.disconnectReason().isPresent();
              });
      assertThat(pair.receiver.disconnectReason()).contains(DisconnectReason.NO_MEMORY);
    }
  }
}
