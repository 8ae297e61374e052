package framewise.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  void picturesThatGrowBeyondTheBudgetEndIt() {
    NativeMemory.limit(before + 60 * MB);
    try (var memory = new ReceiverMemory()) {
      memory.reserve();
      assertThat(memory.fits(640, 480)).isTrue();
      assertThat(memory.fits(1280, 720)).isTrue();
      assertThat(memory.isExhausted()).isFalse();
      assertThat(memory.fits(8192, 8192)).isFalse();
      assertThat(memory.isExhausted()).isTrue();
      assertThat(memory.fits(640, 480)).isFalse();
    }
  }
}
