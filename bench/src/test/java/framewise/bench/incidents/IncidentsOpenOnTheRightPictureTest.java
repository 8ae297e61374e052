package framewise.bench.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.testing.TestMachine;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A short run of {@code bench/incidents delay}, without its times. */
@Timeout(300)
class IncidentsOpenOnTheRightPictureTest {
  @TempDir Path folder;

  @Test
  void andEndOnTheRightPicture() throws Exception {
    TestMachine.needs("ffmpeg");
    Delays.Outcome outcome = Delays.run(folder, Duration.ofSeconds(22), 16);
    assertThat(outcome.faults()).isEmpty();
    assertThat(outcome.delays()).hasSizeGreaterThanOrEqualTo(3);
  }
}
