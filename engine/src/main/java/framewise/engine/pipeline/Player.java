package framewise.engine.pipeline;

import framewise.engine.WallClock;
import framewise.engine.source.ClipSource;
import framewise.media.Clip;
import framewise.media.MediaTime;
import framewise.media.Sampling;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Plays a source: reads its clips in order and hands each over when it is due. One clip is read
 * ahead while it is waited for, so decoding does not make answers later. Used by one thread.
 */
final class Player {
  private static final double NANOS_PER_SECOND = 1e9;

  private final ClipSource source;
  private final Sampling sampling;
  private final Pace pace;
  private final boolean loop;

  /** From a window's start to its newest frame: a clip is due when that frame is on show. */
  private final MediaTime newestFrame;

  private final WallClock clock;
  private final ClipSlot slot;
  private final LongConsumer dropped;

  /** When the video's first picture was on show, or would have been. */
  private long zeroNanos;

  /**
   * @param dropped told how many clips were never asked about, each time some were not
   */
  Player(
      ClipSource source,
      StreamSettings settings,
      WallClock clock,
      ClipSlot slot,
      LongConsumer dropped) {
    this.source = source;
    this.sampling = settings.sampling();
    this.pace = settings.pace();
    this.loop = settings.loop();
    this.newestFrame = sampling.frameTimes(0).getLast();
    this.clock = clock;
    this.slot = slot;
    this.dropped = dropped;
  }

  /** Plays from the given clip to the end, or for ever when looping. */
  void play(long first) throws InterruptedException {
    long index = first;
    zeroNanos = clock.nanos() - nanos(sampling.start(first));
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped");
      }
      long started = clock.nanos();
      Optional<Clip> clip = source.read(index);
      if (clip.isPresent()) {
        hand(clip.get(), Duration.ofNanos(clock.nanos() - started));
        index = next(index);
      } else if (loop && index > 0) {
        zeroNanos += nanos(source.duration().orElse(sampling.start(index)));
        index = 0;
      } else {
        return;
      }
    }
  }

  private void hand(Clip clip, Duration decode) throws InterruptedException {
    if (pace == Pace.FAST) {
      slot.put(new TimedClip(clip, clock.nanos(), decode));
      return;
    }
    long shown = zeroNanos + nanos(sampling.start(clip.index()).plus(newestFrame));
    try {
      clock.awaitNanos(shown);
    } catch (InterruptedException stopped) {
      clip.close();
      throw stopped;
    }
    if (slot.replace(new TimedClip(clip, shown, decode))) {
      dropped.accept(1);
    }
  }

  /** The next clip; in real time, when that is no longer the newest that is due, the newest. */
  private long next(long index) {
    if (pace == Pace.FAST) {
      return index + 1;
    }
    double sinceFirstDue = (clock.nanos() - zeroNanos - nanos(newestFrame)) / NANOS_PER_SECOND;
    long newestDue = (long) Math.floor(sinceFirstDue / sampling.delaySeconds());
    if (newestDue > index + 1) {
      dropped.accept(newestDue - index - 1);
      return newestDue;
    }
    return index + 1;
  }

  private static long nanos(MediaTime time) {
    return time.micros() * 1_000;
  }
}
