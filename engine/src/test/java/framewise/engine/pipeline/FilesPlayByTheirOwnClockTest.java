package framewise.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.settings.Pace;
import framewise.engine.source.Ending;
import framewise.engine.source.Schedule;
import framewise.engine.source.Source;
import framewise.engine.source.TimedClip;
import framewise.engine.source.Timing;
import framewise.media.MediaTime;
import framewise.media.NewestSlot;
import framewise.media.Sampling;
import framewise.media.picture.Clip;
import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.testing.ManualClock;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FilesPlayByTheirOwnClockTest {
  private final ManualClock clock = new ManualClock();
  private final SlotSink sink = new SlotSink();
  private final NewestSlot<TimedClip> slot = sink.slot();

  @AfterEach
  void nothingIsLeft() {
    slot.close();
    assertThat(FramePool.inUse()).isZero();
  }

  @Test
  void deliversClipsWhenTheirNewestFrameIsOnShow() throws Exception {
    // Windows of three seconds, one starting every second: each ends as the third one after it
    // starts.
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
  void skipsLateClips() throws Exception {
    Thread player = play(new Drawing(100), Sampling.DEFAULT, false, 0);
    assertThat(takeIndex()).isEqualTo(0);
    clock.awaitWaiter();
    clock.advance(Duration.ofSeconds(7));
    List<Long> seen = new ArrayList<>();
    clock.awaitWaiter(); // clip 1, which was read ahead, is replaced by 7; 8 is not due
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
  void aChangedDelayTakesEffectAtOnce() throws Exception {
    Player playing = player(new Drawing(100), new Sampling(1, 0.1, 0.1, 50), false, 0);
    Thread player = start(playing);
    assertThat(takeIndex()).isZero();
    clock.awaitWaiter();
    clock.advance(Duration.ofSeconds(7));
    playing.change(Schedule.ofClips(Sampling.DEFAULT));
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

  private Thread play(Source source, Sampling sampling, boolean loop, long first) {
    return start(player(source, sampling, loop, first));
  }

  private Player player(Source source, Sampling sampling, boolean loop, long first) {
    var video = new VideoClock(clock);
    boolean _ = video.begin(sampling.start(first));
    return new Player(
        () -> source,
        Schedule.ofClips(sampling),
        Pace.REALTIME,
        loop,
        sampling.start(first),
        video,
        sink,
        clock);
  }

  private static Thread start(Player playing) {
    return Thread.ofPlatform()
        .start(
            () -> {
              try {
                Optional<Ending> _ = playing.play();
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /** A number of one-second clips of one drawn frame. */
  private static final class Drawing implements Source {
    private final int clips;
    private boolean ended;

    Drawing(int clips) {
      this.clips = clips;
    }

    @Override
    public Optional<TimedClip> read(Schedule schedule, long index, Timing timing) {
      ended = index >= clips;
      if (ended) {
        return Optional.empty();
      }
      MediaTime start = new MediaTime(index * 1_000_000);
      Frame frame = Frame.of(new BufferedImage(2, 2, BufferedImage.TYPE_3BYTE_BGR), start);
      var clip = new Clip(index, start, start.plus(new MediaTime(1_000_000)), List.of(frame));
      long shown = timing.nanosOf(schedule.times(index).getLast());
      return Optional.of(new TimedClip(clip, shown, Duration.ZERO));
    }

    @Override
    public Optional<Ending> ending() {
      return ended ? Optional.of(Ending.OF_FILE) : Optional.empty();
    }

    @Override
    public Optional<MediaTime> duration() {
      return Optional.of(new MediaTime(clips * 1_000_000L));
    }

    @Override
    public boolean countsSkipped() {
      return true;
    }

    @Override
    public void close() {}
  }
}
