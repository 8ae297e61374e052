package framewise.engine.search;

import framewise.engine.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Page of search results, by session; the session with the newest match comes first.
 *
 * @param hits matches in all sessions; consecutive equal answers count as one
 * @param total number of sessions with a match
 * @param sessions the sessions of this page
 */
public record SearchPage(long hits, long total, List<SessionMatches> sessions) {
  public SearchPage {
    sessions = List.copyOf(sessions);
  }

  /**
   * Matches of one session.
   *
   * @param hits number of all matches
   * @param newest the newest matches, newest first
   */
  public record SessionMatches(SessionId session, long hits, List<Hit> newest) {
    public SessionMatches {
      newest = List.copyOf(newest);
    }
  }

  /**
   * Consecutive equal answers to one question.
   *
   * @param seq number of the first answer
   * @param lastSeq number of the last answer
   * @param answers number of answers
   * @param startSeconds start of the first one's clip in the video
   * @param endSeconds end of the last one's clip
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
