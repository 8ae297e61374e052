package framewise.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.testing.ManualClock;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Viewers of live video do not take pictures away from the run. */
class WatchedSourceTest {
  private final ManualClock clock = new ManualClock();
  private final HandFedSource sender = new HandFedSource();
  private final WatchedSource source = new WatchedSource(sender, clock);

  @AfterEach
  void everyPictureIsFreed() {
    source.close();
    assertThat(sender.isClosed()).isTrue();
    assertThat(FramePool.inUse()).isZero();
  }

  @Test
  void aPreviewedPictureStillReachesTheRunOnce() throws Exception {
    sender.send(50);
    assertThat(look()).isEqualTo(50);
    assertThat(look()).isEqualTo(50);
    assertThat(run()).isEqualTo(50);
    assertThat(run()).isEqualTo(0);
    assertThat(look()).isEqualTo(50);
    assertThat(source.dropped()).isZero();
  }

  @Test
  void theRunGetsTheNewestPicture() throws Exception {
    sender.send(50);
    assertThat(look()).isEqualTo(50);
    sender.send(60);
    assertThat(look()).isEqualTo(60);
    sender.send(70);
    assertThat(run()).isEqualTo(70);
    assertThat(look()).isEqualTo(70);
    assertThat(source.dropped()).as("50 and 60 were looked at and passed over").isEqualTo(2);
  }

  @Test
  void aTakenPictureStaysTheNewest() throws Exception {
    assertThat(look()).isEqualTo(0);
    sender.send(50);
    assertThat(run()).isEqualTo(50);
    assertThat(look()).isEqualTo(50);
    sender.send(60);
    assertThat(look()).isEqualTo(60);
  }

  @Test
  void eachPictureHasAHigherNumber() throws Exception {
    sender.send(50);
    long first = number();
    assertThat(number()).isEqualTo(first);
    sender.send(50);
    assertThat(number()).isGreaterThan(first);
  }

  @Test
  void theAgeCountsFromTheArrival() throws Exception {
    sender.send(50);
    Instant came = clock.now();
    sender.cameAt(came);
    clock.advance(Duration.ofMinutes(7));
    assertThat(at()).isEqualTo(came);
    clock.advance(Duration.ofMinutes(7));
    assertThat(at()).isEqualTo(came);
    assertThat(source.live()).contains(new Reception(true, Optional.empty(), Optional.of(came)));
  }

  /** The age becomes the stage {@code receive} in an answer's timings. */
  @Test
  void clipsHaveTheAgeOfTheirPicture() throws Exception {
    LiveSource view = source.view();
    assertThat(view.age()).isEmpty();
    sender.send(50);
    sender.cameAt(clock.now());
    clock.advance(Duration.ofMillis(40));
    view.next(Duration.ZERO).orElseThrow().close();
    assertThat(view.age()).contains(Duration.ofMillis(40));
    clock.advance(Duration.ofMillis(7));
    LiveSource other = source.view();
    other.next(Duration.ZERO).orElseThrow().close();
    assertThat(other.age()).as("taken by another part of the run").hasValue(Duration.ofMillis(47));
  }

  @Test
  void showsNothingAfterClose() throws Exception {
    sender.send(50);
    assertThat(look()).isEqualTo(50);
    source.close();
    assertThat(source.isOver()).isTrue();
    assertThat(source.live()).isEmpty();
    assertThat(look()).isEqualTo(0);
    long looks = sender.looks();
    assertThat(look()).isEqualTo(0);
    assertThat(sender.looks()).isEqualTo(looks);
  }

  private Instant at() throws InterruptedException {
    try (Pictures.NumberedPicture seen = source.newest().orElseThrow()) {
      return seen.at();
    }
  }

  private long number() throws InterruptedException {
    try (Pictures.NumberedPicture seen = source.newest().orElseThrow()) {
      return seen.number();
    }
  }

  private int look() throws InterruptedException {
    return luma(source.newest().map(Pictures.NumberedPicture::frame));
  }

  private int run() throws InterruptedException {
    return luma(source.next(Duration.ZERO));
  }

  /** The luma with which the picture was sent; 0 for none. */
  private static int luma(Optional<Frame> picture) {
    if (picture.isEmpty()) {
      return 0;
    }
    try (Frame frame = picture.get()) {
      return frame.pixels().get(ValueLayout.JAVA_BYTE, 0) & 0xff;
    }
  }
}
