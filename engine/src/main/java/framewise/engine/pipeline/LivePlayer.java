package framewise.engine.pipeline;

import framewise.engine.WallClock;
import framewise.engine.source.Ending;
import framewise.engine.source.LiveSource;
import framewise.media.Frame;
import framewise.media.MediaTime;
import framewise.media.Sampling;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Looks at video that arrives now: takes the picture on show at each of a clip's times and hands
 * the clip over with the last of them. No picture in between is touched. The clock starts with the
 * first picture. A clip without a picture that is newer than the clip before it is left out: where
 * nothing is sent, nothing new can be said.
 */
final class LivePlayer implements ClipFeed {
  /** How long a picture is waited for before the source is asked whether one will come at all. */
  private static final Duration LOOK = Duration.ofMillis(250);

  private static final double NANOS_PER_SECOND = 1e9;

  private final LiveSource source;
  private final WallClock clock;
  private final RecentPictures recent = new RecentPictures();
  private volatile Sampling sampling;

  /** When the first picture came. */
  private long zeroNanos;

  /**
   * @param source is closed with this
   */
  LivePlayer(LiveSource source, Sampling sampling, WallClock clock) {
    this.source = source;
    this.sampling = sampling;
    this.clock = clock;
  }

  @Override
  public Ending play(Sink sink) throws InterruptedException {
    try (recent) {
      Optional<Frame> first = awaitPicture(Long.MAX_VALUE);
      if (first.isEmpty()) {
        return source.over().orElseThrow();
      }
      zeroNanos = clock.nanos();
      sink.began(source.info(first.get()));
      recent.add(first.get(), MediaTime.ZERO, zeroNanos);
      long index = 0;
      MediaTime looked = MediaTime.ZERO;
      Sampling now = sampling;
      while (source.over().isEmpty()) {
        List<MediaTime> times = now.frameTimes(index);
        look(times, looked, zeroNanos + nanos(now.start(index + 1)), now);
        if (now.equals(sampling)) {
          looked = times.getLast();
          recent.clip(index, now).ifPresent(sink::replace);
          index = next(index, now, sink);
        } else {
          now = sampling;
          looked = new MediaTime((clock.nanos() - zeroNanos) / 1_000);
          index = now.firstAt(looked);
        }
      }
      return source.over().orElseThrow();
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

  /**
   * Takes the pictures at those of a clip's times at which nobody has looked yet; leaves off when
   * clips are made otherwise by then.
   *
   * @param deadline when the next clip's first picture is due: nobody waits longer for one of this
   *     clip
   */
  private void look(List<MediaTime> times, MediaTime looked, long deadline, Sampling now)
      throws InterruptedException {
    for (MediaTime time : times) {
      if (time.isAfter(looked)) {
        awaitNanos(zeroNanos + nanos(time), now);
        if (!now.equals(sampling)) {
          return;
        }
        Optional<Frame> picture = source.next(Duration.ZERO);
        if (picture.isPresent()) {
          recent.add(picture.get(), time, clock.nanos());
        }
      }
    }
    if (!recent.hasNew()) {
      // The picture is late: networks are. It still is the one to ask about.
      Optional<Frame> picture = awaitPicture(deadline);
      if (picture.isPresent()) {
        long taken = clock.nanos();
        recent.add(picture.get(), new MediaTime((taken - zeroNanos) / 1_000), taken);
      }
    }
  }

  /** Waits until the deadline, or until the source has no picture to come or others are wanted. */
  private void awaitNanos(long deadline, Sampling now) throws InterruptedException {
    while (clock.nanos() < deadline && source.over().isEmpty() && now.equals(sampling)) {
      clock.awaitNanos(Math.min(deadline, clock.nanos() + LOOK.toNanos()));
    }
  }

  /** Waits for a picture until the deadline, or until the source has none to come. */
  private Optional<Frame> awaitPicture(long deadline) throws InterruptedException {
    Optional<Frame> picture = Optional.empty();
    while (picture.isEmpty() && clock.nanos() < deadline && source.over().isEmpty()) {
      Duration left = Duration.ofNanos(deadline - clock.nanos());
      picture = source.next(left.compareTo(LOOK) < 0 ? left : LOOK);
    }
    return picture;
  }

  /** The next clip; where that is no longer the newest that is due, the newest. */
  private long next(long index, Sampling now, Sink sink) {
    MediaTime newestFrame = now.frameTimes(0).getLast();
    double sinceFirstDue = (clock.nanos() - zeroNanos - nanos(newestFrame)) / NANOS_PER_SECOND;
    long newestDue = (long) Math.floor(sinceFirstDue / now.delaySeconds());
    if (newestDue > index + 1 && recent.hasNew()) {
      sink.skipped(newestDue - index - 1);
    }
    return Math.max(index + 1, newestDue);
  }

  private static long nanos(MediaTime time) {
    return time.micros() * 1_000;
  }
}
