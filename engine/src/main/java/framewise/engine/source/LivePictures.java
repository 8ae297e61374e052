package framewise.engine.source;

import framewise.media.MediaTime;
import framewise.media.VideoInfo;
import framewise.media.picture.Frame;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Source of pictures of live video: a clip contains the picture on show at each of its times.
 * Pictures in between are not processed. A clip without a picture newer than the previous clip is
 * skipped, because its answer would be the same. For models, a clip ends with the picture that
 * arrives next, if that is soon: the newest one is half an interval old on average.
 */
public final class LivePictures implements Source {
  /** Interval between checks whether the source is over, while waiting for a picture. */
  private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

  /**
   * Time for which pictures must stay smaller before that counts as a new size, because video calls
   * reduce the size for moments.
   */
  private static final MediaTime SMALLER_AFTER = MediaTime.ofSeconds(3);

  /** Maximum wait for the next picture; slower video is not worth the delay. */
  private static final Duration MAX_WAIT = Duration.ofMillis(100);

  /** A picture is as good as the next one up to this part of the interval after its arrival. */
  private static final int FRESH = 8;

  private final LiveSource source;
  private final boolean waits;
  private final RecentPictures recent;
  private Optional<Frame> first = Optional.empty();
  private Optional<MediaTime> looked = Optional.empty();
  private Optional<VideoInfo> resized = Optional.empty();

  /** Size of the pictures as it was last reported. */
  private int width;

  private int height;

  /** Since when pictures have been smaller than that; empty while they are not. */
  private Optional<MediaTime> smaller = Optional.empty();

  /**
   * @param source closed with this
   */
  public LivePictures(LiveSource source, PictureForm form) {
    this.source = source;
    this.waits = form == PictureForm.CLIP;
    this.recent = new RecentPictures(form);
  }

  @Override
  public Optional<VideoInfo> begin() throws InterruptedException {
    while (first.isEmpty() && source.ending().isEmpty()) {
      first = source.next(POLL_INTERVAL);
    }
    first.ifPresent(this::measure);
    return first.map(source::info);
  }

  @Override
  public Optional<TimedClip> read(Schedule schedule, long index, Timing timing)
      throws InterruptedException {
    first.ifPresent(picture -> add(picture, timing.now(), timing));
    if (first.isPresent()) {
      looked = Optional.of(timing.now());
    }
    first = Optional.empty();
    List<MediaTime> times = schedule.times(index);
    for (MediaTime time : times) {
      if (looked.isEmpty() || time.isAfter(looked.get())) {
        if (!timing.await(time) || source.ending().isPresent()) {
          return Optional.empty();
        }
        Optional<Frame> picture = source.next(Duration.ZERO);
        if (picture.isPresent() && time.equals(times.getLast())) {
          picture = Optional.of(newer(picture.get(), schedule));
        }
        picture.ifPresent(taken -> add(taken, time, timing));
      }
    }
    awaitLate(schedule.start(index + 1), timing);
    looked = Optional.of(times.getLast());
    return recent.clip(index, schedule);
  }

  @Override
  public Optional<VideoInfo> resized() {
    Optional<VideoInfo> news = resized;
    resized = Optional.empty();
    return news;
  }

  @Override
  public Optional<Ending> ending() {
    return source.ending();
  }

  @Override
  public boolean countsSkipped() {
    return false;
  }

  /** Drops all pictures, because they are outdated after a pause. */
  @Override
  public void pause() {
    recent.clear();
    looked = Optional.empty();
  }

  @Override
  public void close() {
    first.ifPresent(Frame::close);
    first = Optional.empty();
    recent.clear();
    source.close();
  }

  /** Waits a little for a picture that arrives late because of the network. */
  private void awaitLate(MediaTime deadline, Timing timing) throws InterruptedException {
    while (!recent.hasNew() && timing.isWanted() && source.ending().isEmpty()) {
      Duration left = Duration.ofNanos(timing.nanosOf(deadline) - timing.nanos());
      if (!left.isPositive()) {
        return;
      }
      Optional<Frame> picture =
          source.next(left.compareTo(POLL_INTERVAL) < 0 ? left : POLL_INTERVAL);
      picture.ifPresent(late -> add(late, timing.now(), timing));
    }
  }

  /**
   * Waits for the next picture if it is expected within {@link #MAX_WAIT} and half the time to the
   * next clip. It may be late by half its interval.
   *
   * @param held the newest picture, taken just now
   * @return the next picture, or {@code held} if none came in time
   */
  private Frame newer(Frame held, Schedule schedule) throws InterruptedException {
    Optional<Duration> interval = source.interval();
    Optional<Duration> age = source.age();
    if (!waits || interval.isEmpty() || age.isEmpty()) {
      return held;
    }
    Duration wait = interval.get().minus(age.get()).plus(interval.get().dividedBy(2));
    Duration clips = MediaTime.ofSeconds(schedule.everySeconds() / 2).toDuration();
    boolean soon = wait.compareTo(MAX_WAIT) <= 0 && wait.compareTo(clips) <= 0;
    boolean fresh = age.get().compareTo(interval.get().dividedBy(FRESH)) <= 0;
    if (fresh || !soon || !wait.isPositive()) {
      return held;
    }
    boolean keeps = false;
    try {
      Optional<Frame> next = source.next(wait);
      keeps = next.isEmpty();
      return next.orElse(held);
    } finally {
      if (!keeps) {
        held.close();
      }
    }
  }

  private void add(Frame picture, MediaTime at, Timing timing) {
    compare(picture, at);
    recent.add(picture, at, timing.nanos(), source.age());
  }

  private void compare(Frame picture, MediaTime at) {
    if (picture.width() == width && picture.height() == height) {
      smaller = Optional.empty();
      return;
    }
    boolean turned = picture.width() > picture.height() != width > height;
    boolean larger = (long) picture.width() * picture.height() > (long) width * height;
    smaller = Optional.of(smaller.orElse(at));
    if (turned || larger || !at.minus(smaller.get()).isBefore(SMALLER_AFTER)) {
      measure(picture);
      resized = Optional.of(source.info(picture));
    }
  }

  private void measure(Frame picture) {
    width = picture.width();
    height = picture.height();
    smaller = Optional.empty();
  }
}
