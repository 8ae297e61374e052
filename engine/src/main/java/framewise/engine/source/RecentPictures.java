package framewise.engine.source;

import framewise.media.MediaTime;
import framewise.media.picture.Clip;
import framewise.media.picture.Frame;
import framewise.time.Stopwatch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Recent pictures of a live video that clips may still need. Overlapping clips share them. Owns the
 * pictures. Used by one thread.
 */
final class RecentPictures {
  private record RecentPicture(
      Frame frame, MediaTime at, long nanos, Duration converted, Optional<Duration> receive) {}

  private final Deque<RecentPicture> kept = new ArrayDeque<>();
  private final PictureForm form;
  private boolean hasNew;

  RecentPictures(PictureForm form) {
    this.form = form;
  }

  /**
   * Adds a picture, in the wanted form.
   *
   * @param picture closed by this
   * @param at when it was on show, relative to the first
   * @param nanos when it was on show, on the steady clock
   * @param receive time from its arrival until it was on show; empty when unknown
   */
  void add(Frame picture, MediaTime at, long nanos, Optional<Duration> receive) {
    Stopwatch watch = Stopwatch.start();
    Frame frame = form.of(picture);
    kept.add(new RecentPicture(frame, at, nanos, watch.elapsed(), receive));
    hasNew = true;
  }

  /** Whether there is a picture that has not been in a clip yet. */
  boolean hasNew() {
    return hasNew;
  }

  /**
   * Makes a clip of the picture on show at each of its times. Frees pictures that no later clip
   * needs.
   *
   * @return the clip, which the caller closes, or empty when it would contain nothing new
   */
  Optional<TimedClip> clip(long index, Schedule schedule) {
    if (!hasNew) {
      return Optional.empty();
    }
    hasNew = false;
    List<RecentPicture> chosen = new ArrayList<>();
    for (MediaTime time : schedule.times(index)) {
      RecentPicture shown = onShow(time);
      if (chosen.isEmpty() || !chosen.getLast().equals(shown)) {
        chosen.add(shown);
      }
    }
    RecentPicture newest = kept.getLast();
    if (!chosen.getLast().equals(newest)) { // it arrived after the last of the times
      if (chosen.size() == schedule.pictures()) {
        chosen.removeLast();
      }
      chosen.add(newest);
    }
    List<Frame> frames = new ArrayList<>();
    Duration converted = Duration.ZERO;
    for (RecentPicture one : chosen) {
      frames.add(one.frame().share());
      converted = converted.plus(one.converted());
    }
    free(schedule.start(index + 1));
    Clip clip = new Clip(index, schedule.start(index), schedule.end(index), frames);
    return Optional.of(new TimedClip(clip, newest.nanos(), converted, newest.receive()));
  }

  /** Frees all pictures. */
  void clear() {
    hasNew = false;
    kept.forEach(one -> one.frame().close());
    kept.clear();
  }

  /** The latest picture at or before the time, or the oldest there is. */
  private RecentPicture onShow(MediaTime time) {
    RecentPicture shown = kept.getFirst();
    for (RecentPicture one : kept) {
      if (!one.at().isAfter(time)) {
        shown = one;
      }
    }
    return shown;
  }

  /** Frees the pictures before the one that is on show at the given time. */
  private void free(MediaTime start) {
    while (kept.size() > 1) {
      RecentPicture first = kept.removeFirst();
      if (kept.getFirst().at().isAfter(start)) {
        kept.addFirst(first);
        return;
      }
      first.frame().close();
    }
  }
}
