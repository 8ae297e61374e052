package framewise.engine.keep;

import framewise.media.MediaTime;
import java.util.ArrayList;
import java.util.List;

/** Reduces a list of pictures. */
final class FrameThinning {
  private static final double MICROS_PER_SECOND = 1e6;

  private FrameThinning() {}

  /**
   * Limits the rate. A picture that arrives up to a quarter of the interval early is still taken,
   * because cameras are never perfectly regular.
   *
   * @param frames in the order of their times
   */
  static List<KeptFrame> slower(List<KeptFrame> frames, double maxFps) {
    double step = MICROS_PER_SECOND / maxFps;
    double due = frames.isEmpty() ? 0 : frames.getFirst().time().micros();
    List<KeptFrame> chosen = new ArrayList<>();
    for (KeptFrame frame : frames) {
      MediaTime time = frame.time();
      if (time.micros() + step / 4 >= due) {
        chosen.add(frame);
        due = Math.max(due + step, time.micros() + step * 3 / 4);
      }
    }
    return chosen;
  }

  /** Limits the number. The selection is spread evenly and always includes the newest. */
  static List<KeptFrame> fewer(List<KeptFrame> frames, int most) {
    if (frames.size() <= most) {
      return frames;
    }
    List<KeptFrame> chosen = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      int index =
          most == 1
              ? frames.size() - 1
              : (int) Math.round((double) i * (frames.size() - 1) / (most - 1));
      chosen.add(frames.get(index));
    }
    return chosen;
  }
}
