package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessTest {
  @Test
  void doesNotPrintThePassword() {
    var access =
        new Access(
            Optional.of("sk-1"),
            Optional.of(URI.create("http://me:p%40ss@host/v1")),
            Optional.of("m"),
            Duration.ofSeconds(1),
            PictureEncoding.DEFAULT);
    assertThat(access.toString()).contains("http://***@host/v1").doesNotContain("sk-1", "ss@");
    assertThat(access.secrets())
        .as("errors name addresses as they were written")
        .containsExactly("sk-1", "me:p%40ss", "me:p@ss");
  }
}
