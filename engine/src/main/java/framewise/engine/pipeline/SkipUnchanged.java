package framewise.engine.pipeline;

import framewise.media.OutOfRangeException;

/**
 * Spares the questions about clips that look like the one last asked about.
 *
 * @param threshold the share of the picture that may differ, 0 to 1; noise and compression do not
 *     count as differences
 * @param refreshSeconds after so much video the question is asked all the same, 1 to 86400
 */
public record SkipUnchanged(double threshold, double refreshSeconds) {
  /** A wide picture is compared in 220 blocks: one of them may differ, two may not. */
  public static final double DEFAULT_THRESHOLD = 0.005;

  public static final double DEFAULT_REFRESH_SECONDS = 60;

  /** What stands for it in a request, to be read after "must be". */
  public static final String ALLOWED = "from 0 to 1, true or false";

  public SkipUnchanged {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new OutOfRangeException("skip_unchanged", threshold, ALLOWED);
    }
    if (!(refreshSeconds >= 1 && refreshSeconds <= 86_400)) {
      throw new OutOfRangeException("refresh_seconds", refreshSeconds, "from 1 to 86400");
    }
  }
}
