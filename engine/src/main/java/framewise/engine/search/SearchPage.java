package framewise.engine.search;

import framewise.engine.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was found, by session, the one with the newest match first.
 *
 * @param hits matches in all sessions; answers that say the same one after the other are one
 * @param total sessions with a match
 * @param sessions those of this page
 */
public record SearchPage(long hits, long total, List<Found> sessions) {
  public SearchPage {
    sessions = List.copyOf(sessions);
  }

  /**
   * The matches of a session.
   *
   * @param hits all of them
   * @param newest the newest of them, the newest first
   */
  public record Found(SessionId session, long hits, List<Hit> newest) {
    public Found {
      newest = List.copyOf(newest);
    }
  }

  /**
   * Answers to one question that follow each other and say the same.
   *
   * @param seq the number of the first
   * @param lastSeq the number of the last
   * @param answers how many they are
   * @param startSeconds when the first one's clip begins in the video
   * @param endSeconds when the last one's clip ends
   * @param question the name of the prompt; empty where it has none
   */
  public record Hit(
      long seq,
      long lastSeq,
      long answers,
      int run,
      double startSeconds,
      double endSeconds,
      Instant at,
      Instant lastAt,
      boolean ok,
      String backend,
      Optional<String> question,
      Snippet snippet) {}
}
