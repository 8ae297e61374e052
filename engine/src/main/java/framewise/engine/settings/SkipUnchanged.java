package framewise.engine.settings;

import framewise.media.OutOfRangeException;

/**
 * Rule for skipping clips that look like the last one asked about.
 *
 * @param threshold share of the picture that may differ, 0 to 1; noise and compression do not count
 *     as differences
 * @param refreshSeconds seconds of video after which the question is asked anyway, 1 to 86400
 */
public record SkipUnchanged(double threshold, double refreshSeconds) {
  /** A wide picture is compared in 220 blocks: this allows one of them to differ, not two. */
  public static final double DEFAULT_THRESHOLD = 0.005;

  public static final double DEFAULT_REFRESH_SECONDS = 60;

  /** Allowed values in a request, phrased to follow "must be". */
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
