package framewise.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.Status;
import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReturningSourceTest {
  private static final Duration GRACE = Duration.ofSeconds(15);
  private static final Ending LOST = new Ending(Status.FINISHED, "The connection broke.");
  private static final Ending NEVER = new Ending(Status.FAILED, "It never connected.");

  private final ManualClock clock = new ManualClock();
  private final HandFedSource first = new HandFedSource();
  private final HandFedSource second = new HandFedSource();
  private final List<String> reported = new ArrayList<>();
  private final ReturningSource source = returning(GRACE);

  @AfterEach
  void everythingIsFreed() {
    source.close();
    second.close();
    assertThat(first.isClosed()).isTrue();
    assertThat(FramePool.inUse()).isZero();
  }

  @Test
  void aReturningSenderContinues() throws Exception {
    first.send(50);
    assertThat(look()).isTrue();
    first.end(LOST);
    assertThat(source.ending()).isEmpty();
    assertThat(source.hasSender()).isFalse();
    assertThat(first.isClosed()).isTrue();
    clock.advance(Duration.ofSeconds(14));
    assertThat(source.ending()).isEmpty();
    assertThat(source.take(second)).isTrue();
    assertThat(source.hasSender()).isTrue();
    second.send(90);
    assertThat(look()).isTrue();
    clock.advance(Duration.ofMinutes(5));
    assertThat(source.ending()).isEmpty();
    assertThat(reported)
        .containsExactly(
            "The connection broke. Waiting up to 15 s for it to reconnect.",
            "The sender reconnected.");
  }

  @Test
  void theAgeAndIntervalAreThoseOfThePresentSender() throws Exception {
    first.arriveEvery(Duration.ofMillis(33), Duration.ofMillis(20));
    first.send(50);
    assertThat(look()).isTrue();
    assertThat(source.age()).contains(Duration.ofMillis(20));
    assertThat(source.interval()).contains(Duration.ofMillis(33));
    first.end(LOST);
    assertThat(source.ending()).isEmpty();
    assertThat(source.interval()).isEmpty();
    assertThat(source.take(second)).isTrue();
    second.arriveEvery(Duration.ofMillis(100), Duration.ofMillis(5));
    second.send(60);
    assertThat(look()).isTrue();
    assertThat(source.age()).contains(Duration.ofMillis(5));
    assertThat(source.interval()).contains(Duration.ofMillis(100));
  }

  @Test
  void theReasonIsAvailableDuringTheWait() throws Exception {
    Optional<Instant> came = Optional.of(clock.now());
    first.cameAt(clock.now());
    assertThat(source.reception()).isEqualTo(new Reception(true, Optional.empty(), came));
    clock.advance(Duration.ofSeconds(3));
    first.end(LOST);
    assertThat(source.reception())
        .isEqualTo(new Reception(false, Optional.of(LOST.reason()), came));
    assertThat(source.take(second)).isTrue();
    assertThat(source.reception()).isEqualTo(new Reception(true, Optional.empty(), came));
    second.cameAt(clock.now());
    assertThat(source.reception().lastPictureAt()).contains(clock.now());
  }

  @Test
  void anAbsentSenderFinishesTheSession() throws Exception {
    first.send(50);
    assertThat(look()).isTrue();
    first.end(LOST);
    assertThat(source.ending()).isEmpty();
    clock.advance(GRACE);
    assertThat(source.ending())
        .contains(
            new Ending(Status.FINISHED, "The connection broke. It did not reconnect within 15 s."));
    assertThat(source.take(second)).isFalse();
    assertThat(second.isClosed()).isFalse();
  }

  @Test
  void eachLossGetsTheFullGracePeriod() throws Exception {
    first.end(LOST);
    assertThat(source.ending()).isEmpty();
    clock.advance(Duration.ofSeconds(14));
    assertThat(source.take(second)).isTrue();
    second.end(LOST);
    assertThat(source.ending()).isEmpty();
    clock.advance(Duration.ofSeconds(14));
    assertThat(source.ending()).isEmpty();
    assertThat(second.isClosed()).isTrue();
  }

  @Test
  void aSenderWithoutAnyPictureFails() {
    first.end(NEVER);
    assertThat(source.ending()).isEmpty();
    clock.advance(GRACE);
    assertThat(source.ending())
        .hasValueSatisfying(end -> assertThat(end.status()).isEqualTo(Status.FAILED));
  }

  @Test
  void withoutAGracePeriodItEndsAtOnce() {
    ReturningSource strict = returning(Duration.ZERO);
    first.end(LOST);
    assertThat(strict.ending()).contains(new Ending(Status.FINISHED, "The connection broke."));
    assertThat(reported).isEmpty();
  }

  @Test
  void aSenderThatSaysGoodbyeIsNotAwaited() {
    source.finish("The sender ended it.");
    assertThat(source.ending()).contains(new Ending(Status.FINISHED, "The sender ended it."));
    assertThat(source.take(second)).isFalse();
    assertThat(reported).isEmpty();
  }

  @Test
  void aNewConnectionReplacesAnOpenOne() throws Exception {
    first.send(50);
    assertThat(source.take(second)).isTrue();
    assertThat(first.isClosed()).isTrue();
    second.send(90);
    assertThat(look()).isTrue();
    assertThat(reported).containsExactly("The sender reconnected.");
  }

  @Test
  void waitingForAPictureEndsDuringAnAbsence() throws Exception {
    first.end(LOST);
    try (Frame none = source.next(Duration.ofMillis(1)).orElse(null)) {
      assertThat(none).isNull();
    }
    Thread waiter =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    source.next(Duration.ofDays(1)).ifPresent(Frame::close);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    source.close();
    assertThat(waiter.join(Duration.ofMinutes(1))).isTrue();
  }

  private ReturningSource returning(Duration grace) {
    var made = new ReturningSource(first, grace, clock);
    made.onNotice(reported::add);
    return made;
  }

  private boolean look() throws InterruptedException {
    try (Frame picture = source.next(Duration.ZERO).orElse(null)) {
      return picture != null;
    }
  }
}
