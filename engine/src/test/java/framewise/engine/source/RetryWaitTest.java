package framewise.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RetryWaitTest {
  private final RetryWait wait = new RetryWait();

  @Test
  void growsToHalfAMinute() {
    assertThat(LongStream.range(0, 8).map(attempt -> secondsAfter(0)))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
  }

  @Test
  void resetsAfterASuccess() {
    for (int i = 0; i < 5; i++) {
      secondsAfter(0);
    }
    assertThat(secondsAfter(11)).isEqualTo(1);
    assertThat(secondsAfter(0)).isEqualTo(2);
    assertThat(secondsAfter(3)).as("too short to be well").isEqualTo(4);
  }

  private long secondsAfter(long wellSeconds) {
    return TimeUnit.NANOSECONDS.toSeconds(wait.after(TimeUnit.SECONDS.toNanos(wellSeconds)));
  }
}
