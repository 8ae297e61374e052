package framewise.engine.source;

import framewise.engine.Status;
import framewise.media.CutOff;
import java.util.Optional;

/**
 * How a video ended by itself.
 *
 * @param status {@link Status#FINISHED}, or {@link Status#FAILED} where it never really began
 * @param reason a sentence for people
 */
public record Ending(Status status, String reason) {
  /** A file that was played to its end. */
  public static final Ending OF_FILE = new Ending(Status.FINISHED, "The video ended.");

  /** A file that was played to its end, or to where it is cut off. */
  static Ending of(Optional<CutOff> cut) {
    return cut.map(where -> new Ending(Status.FINISHED, where.sentence())).orElse(OF_FILE);
  }
}
