package framewise.server.overshoot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamNameTest {
  @Test
  void containsTheClientsName() {
    assertThat(StreamName.of(Optional.empty())).isEqualTo("Overshoot stream");
    assertThat(StreamName.of(Optional.of("door-7/b"))).isEqualTo("Overshoot stream door-7/b");
  }

  /** Seen: the list of sessions showed a camera's password. */
  @Test
  void masksTheSecretsOfUrls() {
    assertThat(StreamName.of(Optional.of("evil<b>rtsp://user:hunter2@cam/x")))
        .endsWith("@cam/x")
        .doesNotContain("user", "hunter2");
    String before = "a".repeat(55);
    assertThat(StreamName.of(Optional.of(before + " rtsp://user:hunter2hunter2@cam/x")))
        .doesNotContain("hunter");
    assertThat(StreamName.of(Optional.of("rt\u200bsp://user:hunter2@cam/x")))
        .doesNotContain("hunter");
  }

  @Test
  void dropsControlCharactersAndTruncates() {
    assertThat(StreamName.of(Optional.of("a\u0000\n\u202eb"))).isEqualTo("Overshoot stream ab");
    assertThat(StreamName.of(Optional.of(" \u0007 "))).isEqualTo("Overshoot stream");
    assertThat(StreamName.of(Optional.of("\ud83d\ude00".repeat(500))))
        .isEqualTo("Overshoot stream " + "\ud83d\ude00".repeat(80));
  }
}
