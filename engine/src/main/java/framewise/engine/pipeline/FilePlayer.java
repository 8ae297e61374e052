package framewise.engine.pipeline;

import framewise.engine.WallClock;
import framewise.engine.source.ClipSource;
import framewise.engine.source.Ending;
import framewise.media.Clip;
import framewise.media.MediaTime;
import framewise.media.Sampling;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Plays a file: reads its clips in order and hands each over when it is due. One clip is read ahead
 * while it is waited for, so decoding does not make answers later.
 */
final class FilePlayer implements ClipFeed {
  private static final double NANOS_PER_SECOND = 1e9;

  /** How often it is looked, while a clip is waited for, whether another is wanted by now. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final ClipSource source;
  private final Pace pace;
  private final boolean loop;
  private final WallClock clock;
  private final MediaTime from;
  private volatile Sampling sampling;

  /** When the clip began that was handed over last; empty before the first. */
  private Optional<MediaTime> handed = Optional.empty();

  /** When the video's first picture was on show, or would have been. */
  private long zeroNanos;

  /**
   * @param source is closed with this
   * @param from the first clip is the first that starts no earlier
   */
  FilePlayer(ClipSource source, StreamSettings settings, WallClock clock, MediaTime from) {
    this.source = source;
    this.sampling = settings.sampling();
    this.pace = settings.pace();
    this.loop = settings.loop();
    this.clock = clock;
    this.from = from;
  }

  /** Plays to the end, or for ever when looping. */
  @Override
  public Ending play(Sink sink) throws InterruptedException {
    Sampling now = sampling;
    long index = now.firstAt(from);
    zeroNanos = clock.nanos() - nanos(now.start(index));
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped");
      }
      if (!now.equals(sampling)) {
        now = sampling;
        index = nextOf(now);
      }
      long started = clock.nanos();
      Optional<Clip> clip = source.read(now, index);
      if (clip.isPresent()) {
        if (hand(clip.get(), now, Duration.ofNanos(clock.nanos() - started), sink)) {
          handed = Optional.of(now.start(index));
          index = next(index, now, sink);
        }
      } else if (loop && index > 0) {
        zeroNanos += nanos(source.duration().orElse(now.start(index)));
        handed = Optional.of(MediaTime.ZERO);
        index = 0;
      } else {
        return Ending.OF_FILE;
      }
    }
  }

  @Override
  public void change(Sampling other) {
    sampling = other;
  }

  @Override
  public void close() {
    source.close();
  }

  /** Hands a clip over when it is due; false where clips are made otherwise by then. */
  private boolean hand(Clip clip, Sampling now, Duration decode, Sink sink)
      throws InterruptedException {
    if (pace == Pace.FAST) {
      sink.put(new TimedClip(clip, clock.nanos(), decode));
      return true;
    }
    long shown = zeroNanos + nanos(now.start(clip.index()).plus(newestFrame(now)));
    boolean due = false;
    try {
      due = await(shown, now);
    } finally {
      if (!due) {
        clip.close();
      }
    }
    if (due) {
      sink.replace(new TimedClip(clip, shown, decode));
    }
    return due;
  }

  private boolean await(long deadline, Sampling now) throws InterruptedException {
    while (clock.nanos() < deadline && now.equals(sampling)) {
      clock.awaitNanos(Math.min(deadline, clock.nanos() + LOOK_NANOS));
    }
    return clock.nanos() >= deadline;
  }

  /** The first clip of another sampling that is still to come. */
  private long nextOf(Sampling other) {
    MediaTime position = new MediaTime(Math.max(0, clock.nanos() - zeroNanos) / 1_000);
    long next = handed.map(other::firstAfter).orElseGet(() -> other.firstAt(from));
    return Math.max(next, pace == Pace.FAST ? 0 : other.firstAt(position));
  }

  /** The next clip; in real time, when that is no longer the newest that is due, the newest. */
  private long next(long index, Sampling now, Sink sink) {
    if (pace == Pace.FAST) {
      return index + 1;
    }
    double sinceFirstDue = (clock.nanos() - zeroNanos - nanos(newestFrame(now))) / NANOS_PER_SECOND;
    long newestDue = (long) Math.floor(sinceFirstDue / now.delaySeconds());
    if (newestDue > index + 1) {
      sink.skipped(newestDue - index - 1);
      return newestDue;
    }
    return index + 1;
  }

  /** From a window's start to its newest frame: a clip is due when that frame is on show. */
  private static MediaTime newestFrame(Sampling sampling) {
    return sampling.frameTimes(0).getLast();
  }

  private static long nanos(MediaTime time) {
    return time.micros() * 1_000;
  }
}
