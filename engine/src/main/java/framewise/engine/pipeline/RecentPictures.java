package framewise.engine.pipeline;

import framewise.media.Clip;
import framewise.media.Frame;
import framewise.media.MediaTime;
import framewise.media.PixelFormat;
import framewise.media.Sampling;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The pictures of a live video that clips may still need: clips that overlap share them. Owns what
 * it holds. Used by one thread.
 */
final class RecentPictures implements AutoCloseable {
  /** As large as a model may want it, at most. */
  private static final int LONGEST_SIDE = 1280;

  private record Kept(Frame frame, MediaTime at, long nanos, Duration converted) {}

  private final Deque<Kept> kept = new ArrayDeque<>();
  private boolean hasNew;

  /**
   * Keeps a picture, made small enough and turned into {@link PixelFormat#BGR24}.
   *
   * @param picture is closed
   * @param at when it was on show, counted from the first
   * @param nanos when it was taken, on the steady clock
   */
  void add(Frame picture, MediaTime at, long nanos) {
    long start = System.nanoTime();
    try (picture) {
      double scale = (double) LONGEST_SIDE / Math.max(picture.width(), picture.height());
      int width = scale < 1 ? (int) Math.max(1, picture.width() * scale) : picture.width();
      int height = scale < 1 ? (int) Math.max(1, picture.height() * scale) : picture.height();
      Frame frame = picture.convert(width, height, PixelFormat.BGR24);
      kept.add(new Kept(frame, at, nanos, Duration.ofNanos(System.nanoTime() - start)));
      hasNew = true;
    }
  }

  /** Whether there is a picture that was in no clip yet. */
  boolean hasNew() {
    return hasNew;
  }

  /**
   * The clip of a window: of each of its times the picture on show. What no later window needs is
   * freed.
   *
   * @return the clip, which the caller closes, or empty when it would hold nothing new
   */
  Optional<TimedClip> clip(long index, Sampling sampling) {
    if (!hasNew) {
      return Optional.empty();
    }
    hasNew = false;
    List<Kept> chosen = new ArrayList<>();
    for (MediaTime time : sampling.frameTimes(index)) {
      Kept shown = onShow(time);
      if (chosen.isEmpty() || !chosen.getLast().equals(shown)) {
        chosen.add(shown);
      }
    }
    Kept newest = kept.getLast();
    if (!chosen.getLast().equals(newest)) { // it came late, after the last of the times
      if (chosen.size() == sampling.framesPerClip()) {
        chosen.removeLast();
      }
      chosen.add(newest);
    }
    List<Frame> frames = new ArrayList<>();
    Duration converted = Duration.ZERO;
    for (Kept one : chosen) {
      Frame frame = one.frame();
      frames.add(frame.convert(frame.width(), frame.height(), frame.format()));
      converted = converted.plus(one.converted());
    }
    free(sampling.start(index + 1));
    Clip clip = new Clip(index, sampling.start(index), sampling.end(index), frames);
    return Optional.of(new TimedClip(clip, newest.nanos(), converted));
  }

  @Override
  public void close() {
    kept.forEach(one -> one.frame().close());
    kept.clear();
  }

  /** The latest picture at or before the time, or the oldest there is. */
  private Kept onShow(MediaTime time) {
    Kept shown = kept.getFirst();
    for (Kept one : kept) {
      if (!one.at().isAfter(time)) {
        shown = one;
      }
    }
    return shown;
  }

  /** Frees what came before the one picture that is on show at the given time. */
  private void free(MediaTime start) {
    while (kept.size() > 1) {
      Kept first = kept.removeFirst();
      if (kept.getFirst().at().isAfter(start)) {
        kept.addFirst(first);
        return;
      }
      first.frame().close();
    }
  }
}
