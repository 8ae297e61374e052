package framewise.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The usual interval is known after a few pictures; one pause or burst does not change it. */
class PictureIntervalTest {
  private final PictureInterval interval = new PictureInterval();
  private long nanos = -5;

  @Test
  void isUnknownBeforeTheFifthPicture() {
    for (int i = 0; i < 4; i++) {
      arrive(33);
      assertThat(interval.usual()).isEmpty();
    }
    arrive(33);
    assertThat(interval.usual()).contains(Duration.ofMillis(33));
  }

  @Test
  void aPauseIsNotUsual() {
    arrive(40, 40, 40, 40, 40, 40, 5_000, 40, 0, 80);
    assertThat(interval.usual()).contains(Duration.ofMillis(40));
  }

  @Test
  void followsANewRate() {
    for (int i = 0; i < 100; i++) {
      arrive(33);
    }
    arrive(200, 200, 200, 200, 200);
    assertThat(interval.usual()).contains(Duration.ofMillis(200));
  }

  private void arrive(long... millis) {
    for (long each : millis) {
      nanos += each * 1_000_000;
      interval.arrived(nanos);
    }
  }
}
