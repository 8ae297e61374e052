package framewise.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Turns turns = new Turns(8);

  @Test
  void isHalvedWhenItIsTooMuchAndGrowsByOneAfterAsManyGoodAnswers() {
    turns.overloaded();
    assertThat(turns.limit()).isEqualTo(4);
    answer(3);
    assertThat(turns.limit()).isEqualTo(4);
    answer(1);
    assertThat(turns.limit()).isEqualTo(5);
    answer(100);
    assertThat(turns.limit()).as("never more than at first").isEqualTo(8);
  }

  @Test
  void aBurstOfRefusalsHalvesItOnce() {
    for (int i = 0; i < 4; i++) {
      turns.overloaded();
    }
    assertThat(turns.limit()).isEqualTo(4);
    for (int i = 0; i < 100; i++) {
      turns.overloaded();
    }
    assertThat(turns.limit()).as("never less than one").isEqualTo(1);
  }

  @Test
  void answersFarSlowerThanUsualAreTooMuchAsWell() {
    answer(20);
    turns.answered(Duration.ofSeconds(1));
    assertThat(turns.limit()).as("slow for it, and still quick").isEqualTo(8);
    turns.answered(Duration.ofSeconds(20));
    assertThat(turns.limit()).isEqualTo(4);
  }

  @Test
  void noMoreTurnsAreGivenThanTheLimitAllows() {
    for (int i = 0; i < 8; i++) {
      assertThat(turns.tryAcquire()).isTrue();
    }
    turns.overloaded();
    for (int i = 0; i < 4; i++) {
      turns.release();
      assertThat(turns.tryAcquire()).as("after %d", i).isFalse();
    }
    turns.release();
    assertThat(turns.tryAcquire()).isTrue();
  }

  private void answer(int times) {
    for (int i = 0; i < times; i++) {
      turns.answered(Duration.ofMillis(200));
    }
  }
}
