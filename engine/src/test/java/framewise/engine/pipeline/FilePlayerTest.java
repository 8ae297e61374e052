package framewise.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.ManualClock;
import framewise.engine.source.ClipSource;
import framewise.media.Clip;
import framewise.media.Frame;
import framewise.media.FramePool;
import framewise.media.MediaTime;
import framewise.media.NewestSlot;
import framewise.media.Sampling;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FilePlayerTest {
  private final ManualClock clock = new ManualClock();
  private final SlotSink sink = new SlotSink();
  private final NewestSlot<TimedClip> slot = sink.slot();

  @AfterEach
  void nothingIsLeft() {
    slot.close();
    assertThat(FramePool.inUse()).isZero();
  }

  @Test
  void handsClipsOverWhenTheirNewestFrameIsOnShow() throws Exception {
    // Windows of three seconds that open every second: each is over two windows later.
    Thread player = play(new Drawing(6), new Sampling(10, 1, 3, 1), false, 0);
    Duration newestFrame = Duration.ofMillis(2_900);
    clock.awaitWaiter();
    clock.advance(newestFrame.minusMillis(1));
    assertThat(slot.take()).isEmpty();
    clock.advance(Duration.ofMillis(1));
    for (int i = 0; i < 6; i++) {
      assertThat(takeIndex()).isEqualTo(i);
      if (i < 5) {
        clock.awaitWaiter();
        clock.advance(Duration.ofSeconds(1));
      }
    }
    player.join();
    assertThat(sink.dropped()).hasValue(0);
  }

  @Test
  void skipsClipsThatAreLongOver() throws Exception {
    Thread player = play(new Drawing(100), Sampling.DEFAULT, false, 0);
    assertThat(takeIndex()).isEqualTo(0);
    clock.awaitWaiter();
    clock.advance(Duration.ofSeconds(7));
    List<Long> seen = new ArrayList<>();
    clock.awaitWaiter(); // clip 1, which was read ahead, then 7; 8 is not due
    seen.add(takeIndex());
    assertThat(seen).containsExactly(7L);
    assertThat(sink.dropped()).hasValue(5 + 1); // 2 to 6 were never read, 1 was replaced
    player.interrupt();
    player.join();
  }

  @Test
  void startsOverAtTheEndWhenLooping() throws Exception {
    Thread player = play(new Drawing(3), Sampling.DEFAULT, true, 1);
    List<Long> seen = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      seen.add(takeIndex());
      clock.awaitWaiter();
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(seen).containsExactly(1L, 2L, 0L, 1L, 2L, 0L, 1L);
    player.interrupt();
    player.join();
  }

  @Test
  void nobodyWaitsForTheEndOfALongDelayThatIsChanged() throws Exception {
    var settings = StreamSettings.of("?").withSampling(new Sampling(1, 0.1, 0.1, 50));
    var playing = new FilePlayer(new Drawing(100), settings, clock, MediaTime.ZERO);
    Thread player = start(playing);
    assertThat(takeIndex()).isZero();
    clock.awaitWaiter();
    clock.advance(Duration.ofSeconds(7));
    playing.change(Sampling.DEFAULT);
    clock.awaitWaiter();
    clock.advance(Duration.ofSeconds(1));
    assertThat(takeIndex()).isBetween(7L, 8L);
    player.interrupt();
    player.join();
  }

  private long takeIndex() throws InterruptedException {
    assertThat(slot.await()).isTrue();
    try (TimedClip clip = slot.take().orElseThrow()) {
      return clip.clip().index();
    }
  }

  private Thread play(ClipSource source, Sampling sampling, boolean loop, long first) {
    var settings =
        new StreamSettings(
            new Prompt("?"),
            Optional.empty(),
            Optional.empty(),
            sampling,
            Optional.empty(),
            OptionalInt.empty(),
            Pace.REALTIME,
            loop);
    return start(new FilePlayer(source, settings, clock, sampling.start(first)));
  }

  private Thread start(FilePlayer playing) {
    return Thread.ofPlatform()
        .start(
            () -> {
              try {
                playing.play(sink);
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /** So many one-second clips of one drawn frame. */
  private record Drawing(int clips) implements ClipSource {
    @Override
    public Optional<Clip> read(Sampling sampling, long index) {
      if (index >= clips) {
        return Optional.empty();
      }
      MediaTime start = new MediaTime(index * 1_000_000);
      Frame frame = Frame.of(new BufferedImage(2, 2, BufferedImage.TYPE_3BYTE_BGR), start);
      return Optional.of(
          new Clip(index, start, start.plus(new MediaTime(1_000_000)), List.of(frame)));
    }

    @Override
    public Optional<MediaTime> duration() {
      return Optional.of(new MediaTime(clips * 1_000_000L));
    }

    @Override
    public void close() {}
  }
}
