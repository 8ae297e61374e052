package framewise.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.engine.Status;
import framewise.engine.settings.Pace;
import framewise.engine.source.Ending;
import framewise.engine.source.HandFedSource;
import framewise.engine.source.LivePictures;
import framewise.engine.source.PictureForm;
import framewise.engine.source.Schedule;
import framewise.engine.source.TimedClip;
import framewise.media.MediaTime;
import framewise.media.Sampling;
import framewise.media.VideoInfo;
import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.testing.ManualClock;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LiveVideoIsSampledWhenAClipIsDueTest {
  private final ManualClock clock = new ManualClock();
  private final HandFedSource source = new HandFedSource();
  private final SlotSink sink = new SlotSink();
  private final VideoClock video = new VideoClock(clock);
  private final CompletableFuture<Optional<Ending>> ending = new CompletableFuture<>();
  private Thread player = Thread.currentThread();

  @AfterEach
  void everyPictureIsFreed() {
    player.interrupt();
    await().until(ending::isDone);
    sink.slot().close();
    source.close();
    assertThat(FramePool.inUse()).isZero();
  }

  @Test
  void startsAtTheFirstPictureAndSamplesTheCurrentOne() throws Exception {
    play(Sampling.DEFAULT);
    source.send(50);
    assertThat(take(0)).containsExactly(50);
    assertThat(sink.videos())
        .singleElement()
        .satisfies(video -> assertThat(video.width()).isEqualTo(16));
    source.send(60);
    source.send(70); // arrives before the next clip is due, so 60 is never taken
    advance(1_000);
    assertThat(take(1)).containsExactly(70);
    assertThat(sink.dropped()).hasValue(0);
  }

  /** WebRTC starts with small pictures, which then grow. */
  @Test
  void reportsGrowingPictures() throws Exception {
    play(Sampling.DEFAULT);
    int[] sides = {16, 64, 32, 64, 128};
    for (int second = 0; second < sides.length; second++) {
      source.send(20 + 10 * second, sides[second]);
      if (second > 0) {
        advance(1_000);
      }
      assertThat(take(second)).containsExactly(20 + 10 * second);
    }
    assertThat(sink.videos()).extracting(VideoInfo::width).containsExactly(16, 64, 128);
  }

  /** A camera may be switched to a smaller size. */
  @Test
  void reportsPicturesThatStaySmaller() throws Exception {
    play(Sampling.DEFAULT);
    int[] sides = {64, 32, 64, 32, 32, 32, 32, 32};
    for (int second = 0; second < sides.length; second++) {
      source.send(20 + 10 * second, sides[second]);
      if (second > 0) {
        advance(1_000);
      }
      assertThat(take(second)).containsExactly(20 + 10 * second);
    }
    assertThat(sink.videos()).extracting(VideoInfo::width).containsExactly(64, 32);
  }

  @Test
  void aLatePictureIsUsed() throws Exception {
    play(Sampling.DEFAULT);
    source.send(50);
    assertThat(take(0)).containsExactly(50);
    advance(1_000);
    source.send(90); // arrives after its clip was due
    assertThat(take(1)).containsExactly(90);
  }

  @Test
  void asksNothingWithoutNewPictures() throws Exception {
    play(Sampling.DEFAULT);
    source.send(50);
    assertThat(take(0)).containsExactly(50);
    clock.awaitWaiter();
    long before = source.looks();
    clock.advance(Duration.ofSeconds(6));
    await()
        .until(
            () ->
                source.looks() > before + 10); // five clips had no picture; the sixth waits for one
    source.send(80);
    assertThat(take(6)).containsExactly(80);
    assertThat(sink.dropped()).hasValue(0);
  }

  @Test
  void overlappingClipsSharePictures() throws Exception {
    // Three pictures in a window of three seconds, a window every second.
    play(new Sampling(1, 1, 3, 1));
    source.send(20);
    awaitTaken();
    for (int second = 1; second <= 4; second++) {
      source.send(20 + 10 * second);
      advance(1_000);
      if (second == 2) {
        assertThat(take(0)).containsExactly(20, 30, 40);
      } else if (second == 3) {
        assertThat(take(1)).containsExactly(30, 40, 50);
      } else if (second == 4) {
        assertThat(take(2)).containsExactly(40, 50, 60);
      }
    }
  }

  @Test
  void endsWhenTheSenderNeverConnects() throws Exception {
    play(Sampling.DEFAULT);
    var never = new Ending(Status.FAILED, "never connected");
    source.end(never);
    assertThat(ending.get()).contains(never);
    assertThat(sink.videos()).isEmpty();
  }

  @Test
  void aChangedDelayTakesEffectAtOnce() throws Exception {
    Player playing = play(new Sampling(1, 0.1, 0.1, 3_600));
    source.send(50);
    assertThat(take(0)).containsExactly(50);
    advance(5_000);
    playing.change(Schedule.ofClips(Sampling.DEFAULT));
    source.send(60);
    advance(1_000);
    assertThat(sink.slot().await()).isTrue();
    try (TimedClip clip = sink.slot().take().orElseThrow()) {
      assertThat(clip.clip().start().seconds()).isBetween(5.0, 7.0);
    }
  }

  /** At 30 pictures a second, the newest picture is up to 33 ms old when a question is due. */
  @Test
  void aClipEndsWithThePictureThatArrivesNext() throws Exception {
    arriveEvery(33, 20);
    play(Sampling.DEFAULT);
    source.send(50);
    assertThat(take(0)).containsExactly(50);
    source.send(60);
    source.sendToWaiting(70);
    advance(1_000);
    assertThat(take(1)).containsExactly(70);
  }

  @Test
  void onlyTheLastPictureOfAClipIsWaitedFor() throws Exception {
    arriveEvery(33, 20);
    play(new Sampling(1, 1, 2, 2));
    source.send(20);
    awaitTaken();
    source.send(30);
    source.sendToWaiting(40);
    advance(1_000);
    assertThat(take(0)).containsExactly(20, 40);
    source.send(50);
    source.sendToWaiting(70);
    advance(1_000);
    source.send(60);
    advance(1_000);
    assertThat(take(1)).containsExactly(50, 70);
  }

  @Test
  void aPictureThatDoesNotComeIsNotWaitedForTwice() throws Exception {
    arriveEvery(33, 20);
    play(Sampling.DEFAULT);
    source.send(50);
    assertThat(take(0)).containsExactly(50);
    source.send(60);
    advance(1_000);
    assertThat(take(1)).as("none followed").containsExactly(60);
  }

  /** Waiting for slow video delays the answer more than a newer picture is worth. */
  @Test
  void slowVideoIsNotWaitedFor() throws Exception {
    arriveEvery(1_000, 20);
    assertThatTheHeldPictureIsUsed(Sampling.DEFAULT);
  }

  @Test
  void aFreshPictureIsUsedAtOnce() throws Exception {
    arriveEvery(33, 3);
    assertThatTheHeldPictureIsUsed(Sampling.DEFAULT);
  }

  @Test
  void frequentClipsAreNotDelayed() throws Exception {
    arriveEvery(100, 60);
    assertThatTheHeldPictureIsUsed(new Sampling(1, 0.1, 0.1, 0.1));
  }

  private void assertThatTheHeldPictureIsUsed(Sampling sampling) throws InterruptedException {
    play(sampling);
    source.send(50);
    assertThat(take(0)).containsExactly(50);
    source.send(60);
    source.sendToWaiting(70);
    clock.awaitWaiter();
    clock.advance(Duration.ofNanos((long) (sampling.delaySeconds() * 1e9)));
    assertThat(take(1)).containsExactly(60);
  }

  private void arriveEvery(long interval, long age) {
    source.arriveEvery(Duration.ofMillis(interval), Duration.ofMillis(age));
  }

  private Player play(Sampling sampling) {
    var playing =
        new Player(
            () -> new LivePictures(source, PictureForm.CLIP),
            Schedule.ofClips(sampling),
            Pace.REALTIME,
            false,
            MediaTime.ZERO,
            video,
            new Beginning(),
            clock);
    player =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    ending.complete(playing.play());
                  } catch (InterruptedException e) {
                    ending.completeExceptionally(e);
                  }
                });
    return playing;
  }

  /** A sink that starts the run's clock with the first picture. */
  private final class Beginning implements Player.Sink {
    @Override
    public boolean isWanted() {
      return true;
    }

    @Override
    public void put(TimedClip clip) throws InterruptedException {
      sink.put(clip);
    }

    @Override
    public void replace(TimedClip clip) {
      sink.replace(clip);
    }

    @Override
    public void skipped(long clips) {
      sink.skipped(clips);
    }

    @Override
    public void began(VideoInfo info) {
      boolean _ = video.begin(MediaTime.ZERO);
      sink.began(info);
    }

    @Override
    public void resized(VideoInfo info) {
      sink.resized(info);
    }
  }

  /** Advances the clock in steps no longer than the player's waits. */
  private void advance(long millis) throws InterruptedException {
    for (long left = millis; left > 0; left -= 250) {
      clock.awaitWaiter();
      clock.advance(Duration.ofMillis(250));
    }
    if (!source.isTaken()) {
      awaitTaken();
    }
  }

  private void awaitTaken() {
    await().until(source::isTaken);
  }

  private List<Integer> take(long index) throws InterruptedException {
    assertThat(sink.slot().await()).isTrue();
    try (TimedClip clip = sink.slot().take().orElseThrow()) {
      assertThat(clip.clip().index()).isEqualTo(index);
      return clip.clip().frames().stream().map(LiveVideoIsSampledWhenAClipIsDueTest::luma).toList();
    }
  }

  /** The luma with which the picture was sent, read from its blue channel. */
  private static int luma(Frame frame) {
    int full = frame.pixels().get(ValueLayout.JAVA_BYTE, 0) & 0xff;
    return (int) (Math.round((full * 219 / 255.0 + 16) / 10) * 10);
  }
}
