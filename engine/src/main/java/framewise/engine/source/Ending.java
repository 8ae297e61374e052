package framewise.engine.source;

import framewise.engine.Status;

/**
 * How a video came to its end by itself.
 *
 * @param status {@link Status#FINISHED}, or {@link Status#FAILED} where it never really began
 * @param reason a sentence for people
 */
public record Ending(Status status, String reason) {
  /** A file was played to its end. */
  public static final Ending OF_FILE = new Ending(Status.FINISHED, "The video ended.");
}
