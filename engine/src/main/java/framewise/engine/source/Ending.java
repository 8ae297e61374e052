package framewise.engine.source;

import framewise.engine.Status;
import framewise.media.MissingEnd;
import java.util.Optional;

/**
 * How a video ended, without being stopped.
 *
 * @param status {@link Status#FINISHED}, or {@link Status#FAILED} where it could not really begin
 * @param reason a sentence for people
 */
public record Ending(Status status, String reason) {
  /** A file that was played to its end. */
  public static final Ending OF_FILE = new Ending(Status.FINISHED, "The video ended.");

  /** A file that was played to its end or, if it is truncated, to where it breaks off. */
  static Ending of(Optional<MissingEnd> cut) {
    return cut.map(where -> new Ending(Status.FINISHED, where.sentence())).orElse(OF_FILE);
  }
}
