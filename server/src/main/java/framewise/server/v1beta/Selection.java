package framewise.server.v1beta;

import framewise.engine.keep.Extent;
import framewise.engine.keep.Footage;
import framewise.engine.keep.KeptFrame;
import framewise.media.MediaTime;
import java.util.List;
import java.util.Optional;

/**
 * The pictures that an address refers to.
 *
 * @param frames at least one, oldest first
 * @param found number of pictures before they were thinned out to the maximum
 * @param cut whether the segment began before the oldest kept picture
 */
record Selection(List<KeptFrame> frames, long found, boolean cut) {
  /** Default distance of a picture from its time, in milliseconds. */
  private static final long DEFAULT_TOLERANCE = 100;

  private static final double DEFAULT_FPS = 1;

  /**
   * Maximum number of pictures beyond the newest: no stream is that long, and the sums stay within
   * 64 bits.
   */
  private static final long FAR_AHEAD = 1_000_000_000;

  private static final MediaTime MILLI = new MediaTime(1_000);

  Selection {
    frames = List.copyOf(frames);
  }

  /**
   * Finds the pictures.
   *
   * @param active whether more pictures may arrive
   * @param most maximum number of pictures of a segment
   * @throws framewise.server.http.ProblemException with a code of v1beta
   */
  static Selection of(StreamAddress.Referent what, Footage footage, boolean active, int most) {
    Extent extent = footage.extent();
    if (extent.newest().isEmpty()) {
      throw active
          ? ChatFault.FRAME_NOT_YET_PRODUCED.because(
              "No picture of this stream has arrived yet. Try again in a moment.")
          : ChatFault.SEGMENT_EMPTY.because("There is no stored picture of this stream.");
    }
    return switch (what) {
      case StreamAddress.Referent.Picture picture ->
          new Selection(List.of(picture(picture, footage, extent, active)), 1, false);
      case StreamAddress.Referent.Segment stretch ->
          stretch(stretch, footage, extent, active, most);
    };
  }

  private static KeptFrame picture(
      StreamAddress.Referent.Picture picture, Footage footage, Extent extent, boolean active) {
    KeptFrame oldest = extent.oldest().orElseThrow();
    KeptFrame newest = extent.newest().orElseThrow();
    if (picture.at() instanceof StreamMoment.FrameIndex(var asked)) {
      long index = asked < 0 ? newest.index() + 1 + asked : asked;
      return footage
          .frame(index)
          .orElseThrow(() -> index > newest.index() ? later(active, newest) : deleted(oldest));
    }
    MediaTime time = time(picture.at(), footage, extent);
    // Fewer pictures are kept than arrive: the default tolerance reaches from one to the next.
    double usual =
        Math.max(
            DEFAULT_TOLERANCE,
            extent.recentFps().isPresent()
                ? 1_000 / extent.recentFps().getAsDouble()
                : DEFAULT_TOLERANCE);
    MediaTime tolerance =
        new MediaTime(
            Math.round(
                picture.tolerance().isPresent()
                    ? picture.tolerance().getAsLong() * 1_000.0
                    : usual * 1_000));
    Optional<KeptFrame> near = footage.near(time, tolerance, picture.direction());
    if (near.isPresent()) {
      return near.get();
    }
    if (time.isAfter(newest.time())) {
      throw later(active, newest);
    }
    if (time.isBefore(oldest.time())) {
      throw deleted(oldest);
    }
    throw ChatFault.SEGMENT_EMPTY.because(
        "There is no picture within %d ms of that moment: raise tolerance_ms."
            .formatted(tolerance.micros() / 1_000));
  }

  private static Selection stretch(
      StreamAddress.Referent.Segment stretch,
      Footage footage,
      Extent extent,
      boolean active,
      int most) {
    KeptFrame oldest = extent.oldest().orElseThrow();
    KeptFrame newest = extent.newest().orElseThrow();
    MediaTime start = time(stretch.start(), footage, extent);
    MediaTime end =
        stretch.end().map(at -> time(at, footage, extent)).orElse(newest.time().plus(MILLI));
    if (stretch.end().isPresent() && !start.isBefore(end)) {
      throw ChatFault.SEGMENT_INVALID.because("The start of the segment must be before its end.");
    }
    if (start.isAfter(newest.time())) {
      throw later(active, newest);
    }
    boolean cut = start.isBefore(oldest.time());
    Footage.Window window =
        footage.window(
            cut ? oldest.time() : start, end, stretch.maxFps().orElse(DEFAULT_FPS), most);
    if (window.frames().isEmpty()) {
      throw ChatFault.SEGMENT_EMPTY.because("There is no stored picture of that segment.");
    }
    return new Selection(window.frames(), window.found(), cut && oldest.index() > 0);
  }

  /** Time of a moment on the stream's clock, even where no picture of it is kept. */
  private static MediaTime time(StreamMoment at, Footage footage, Extent extent) {
    KeptFrame oldest = extent.oldest().orElseThrow();
    KeptFrame newest = extent.newest().orElseThrow();
    return switch (at) {
      case StreamMoment.Timestamp(var millis) -> millis(millis);
      case StreamMoment.Offset(var millis) ->
          (millis < 0 ? newest : oldest).time().plus(millis(millis));
      case StreamMoment.FrameIndex(var asked) -> time(asked, footage, oldest, newest);
    };
  }

  private static MediaTime time(long asked, Footage footage, KeptFrame oldest, KeptFrame newest) {
    long index = asked < 0 ? newest.index() + 1 + asked : asked;
    if (index > newest.index()) {
      long ahead = Math.min(index - newest.index(), FAR_AHEAD);
      return newest.time().plus(millis(ahead * 1_000));
    }
    return footage.frame(index).map(KeptFrame::time).orElseGet(() -> oldest.time().minus(MILLI));
  }

  private static RuntimeException later(boolean active, KeptFrame newest) {
    return active
        ? ChatFault.FRAME_NOT_YET_PRODUCED.because(
            "That picture does not exist yet: the newest has index %d at %d ms."
                .formatted(newest.index(), newest.time().micros() / 1_000))
        : ChatFault.SEGMENT_EMPTY.because(
            "The stream has ended: its last picture has index %d at %d ms."
                .formatted(newest.index(), newest.time().micros() / 1_000));
  }

  private static RuntimeException deleted(KeptFrame oldest) {
    return ChatFault.FRAME_EVICTED.because(
        "That picture has been deleted: the oldest has index %d at %d ms."
            .formatted(oldest.index(), oldest.time().micros() / 1_000));
  }

  private static MediaTime millis(long millis) {
    return new MediaTime(millis * 1_000);
  }
}
