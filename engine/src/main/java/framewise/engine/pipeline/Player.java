package framewise.engine.pipeline;

import framewise.engine.settings.Pace;
import framewise.engine.source.Ending;
import framewise.engine.source.Schedule;
import framewise.engine.source.Source;
import framewise.engine.source.TimedClip;
import framewise.engine.source.Timing;
import framewise.media.MediaTime;
import framewise.media.VideoInfo;
import framewise.time.WallClock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Plays a video: gets due times from a {@link Schedule} and the pictures from a {@link Source}, and
 * passes them on. Reads ahead by one clip of a file, so that decoding does not delay answers.
 * Pauses while no lane wants pictures.
 */
final class Player {
  /** Interval between checks whether a picture that a thread waits for is still wanted. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** Receiver of clips. */
  interface Sink {
    /** Whether some lane wants clips now. */
    boolean isWanted();

    /** Takes a clip once there is room for it. */
    void put(TimedClip clip) throws InterruptedException;

    /** Takes a clip, replacing one that still waits. */
    void replace(TimedClip clip);

    /** Reports clips that were never read, because newer ones were due already. */
    void skipped(long clips);

    /** The first picture of live video has arrived. */
    void began(VideoInfo video);

    /** Live video's pictures have another size. */
    default void resized(VideoInfo video) {}
  }

  private final Supplier<Source> opener;
  private final Sink sink;
  private final Pace pace;
  private final boolean loop;
  private final MediaTime from;
  private final VideoClock video;
  private final WallClock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean finished;
  private volatile Schedule schedule;

  /** Duration of the completed rounds of a looping file. */
  private final AtomicLong lapNanos = new AtomicLong();

  /** Start of the last clip passed on; empty before the first. */
  private Optional<MediaTime> handed = Optional.empty();

  /**
   * @param opener opens the source, which is closed at the end; called once, by the player's thread
   * @param from position in the video; the first clip starts here or later
   * @param video shared by all players of a run
   */
  Player(
      Supplier<Source> opener,
      Schedule schedule,
      Pace pace,
      boolean loop,
      MediaTime from,
      VideoClock video,
      Sink sink,
      WallClock clock) {
    this.opener = opener;
    this.schedule = schedule;
    this.pace = pace;
    this.loop = loop;
    this.from = from;
    this.video = video;
    this.sink = sink;
    this.clock = clock;
  }

  /**
   * Plays to the end, or forever when looping.
   *
   * @return how the video ended; empty where {@link #finish} ended it before
   */
  Optional<Ending> play() throws InterruptedException {
    boolean fromStart = sink.isWanted();
    if (!awaitWanted()) {
      return Optional.empty();
    }
    try (Source source = opener.get()) {
      Optional<VideoInfo> live = source.begin();
      if (source.ending().isPresent()) {
        return source.ending();
      }
      live.ifPresent(sink::began);
      return play(source, fromStart);
    }
  }

  /** Applies a new schedule, from the next clip that starts after the last. */
  void change(Schedule other) {
    schedule = other;
    wake();
  }

  /** Wakes the player: some lane may want pictures now. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the player if no lane wants pictures. */
  void finish() {
    lock.lock();
    try {
      finished = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Position in the video at a moment.
   *
   * @param nanos on the steady clock, not long ago
   */
  MediaTime shownAt(long nanos) {
    return time(nanos - video.zeroNanos() - lapNanos.get());
  }

  private Optional<Ending> play(Source source, boolean fromStart) throws InterruptedException {
    Schedule now = schedule;
    long resumed = video.resume();
    long index = fromStart ? now.firstAt(from) : next(now, resumed);
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped");
      }
      if (!sink.isWanted()) {
        source.pause();
        if (!awaitWanted()) {
          return Optional.empty();
        }
        catchUp(source);
        now = schedule;
        index = next(now, video.resume());
      } else if (!now.equals(schedule)) {
        now = schedule;
        index = next(now, video.nanos());
      }
      Optional<TimedClip> clip = source.read(now, index, new ClipReader(now));
      source.resized().ifPresent(sink::resized);
      if (clip.isPresent()) {
        if (hand(clip.get(), new ClipReader(now))) {
          handed = Optional.of(now.start(index));
          index = next(index, now, source.countsSkipped());
        }
      } else if (source.ending().isEmpty()) {
        index = next(index, now, false);
      } else if (loop && index > now.firstOf(source.start())) {
        long _ = lapNanos.addAndGet(round(source, now.start(index)));
        handed = Optional.empty();
        index = now.firstOf(source.start());
      } else {
        return source.ending();
      }
    }
  }

  /** Passes a clip on when it is due; false if it is no longer wanted by then. */
  private boolean hand(TimedClip clip, ClipReader reading) throws InterruptedException {
    if (pace == Pace.FAST) {
      sink.put(clip);
      return true;
    }
    boolean due = false;
    try {
      due = reading.awaitNanos(clip.shownNanos());
    } finally {
      if (!due) {
        clip.close();
      }
    }
    if (due) {
      sink.replace(clip);
    }
    return due;
  }

  /** The first clip after those played by earlier schedules. */
  private long next(Schedule now, long videoNanos) {
    long next = handed.map(now::firstAfter).orElse(lapNanos.get() == 0 ? now.firstAt(from) : 0L);
    MediaTime position = time(videoNanos - lapNanos.get());
    return pace == Pace.FAST ? next : Math.max(next, now.firstAt(position));
  }

  /** The next clip. In real time, skips to the newest clip that is due. */
  private long next(long index, Schedule now, boolean counted) {
    if (pace == Pace.FAST) {
      return index + 1;
    }
    long newest = now.newestAt(time(video.nanos() - lapNanos.get()));
    if (newest > index + 1 && counted) {
      sink.skipped(newest - index - 1);
    }
    return Math.max(index + 1, newest);
  }

  /**
   * Duration of a round.
   *
   * @param reached where the video ended; used where its duration is unknown
   */
  private static long round(Source source, MediaTime reached) {
    MediaTime end = source.duration().orElse(reached);
    return VideoClock.nanos(end) - VideoClock.nanos(source.start());
  }

  /** Adopts rounds that another player has completed in the meantime. */
  private void catchUp(Source source) {
    long round = round(source, MediaTime.ZERO);
    while (loop && round > 0 && video.nanos() - lapNanos.get() >= round) {
      long _ = lapNanos.addAndGet(round);
      handed = Optional.empty();
    }
  }

  /** Waits until some lane wants pictures; false if the run ends first. */
  private boolean awaitWanted() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!sink.isWanted() && !finished) {
        changed.await();
      }
      return sink.isWanted();
    } finally {
      lock.unlock();
    }
  }

  private static MediaTime time(long nanos) {
    return new MediaTime(Math.max(0, nanos) / 1_000);
  }

  /** Reads one clip of one schedule. */
  private final class ClipReader implements Timing {
    private final Schedule by;

    ClipReader(Schedule by) {
      this.by = by;
    }

    @Override
    public long nanosOf(MediaTime time) {
      return pace == Pace.FAST
          ? clock.nanos()
          : video.zeroNanos() + lapNanos.get() + VideoClock.nanos(time);
    }

    @Override
    public MediaTime now() {
      return time(video.nanos() - lapNanos.get());
    }

    @Override
    public long nanos() {
      return clock.nanos();
    }

    @Override
    public boolean await(MediaTime time) throws InterruptedException {
      return awaitNanos(nanosOf(time));
    }

    @Override
    public boolean isWanted() {
      return by.equals(schedule) && sink.isWanted();
    }

    boolean awaitNanos(long deadline) throws InterruptedException {
      while (clock.nanos() < deadline && isWanted()) {
        clock.awaitNanos(Math.min(deadline, clock.nanos() + LOOK_NANOS));
      }
      return isWanted();
    }
  }
}
