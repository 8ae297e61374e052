package framewise.server.access;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import java.util.HashMap;
import java.util.Map;

/**
 * Shares the places for streaming sessions ({@code FRAMEWISE_MAX_STREAMS}) among callers: an
 * account or key without the role of an administrator leaves an eighth of them to others. Safe for
 * any number of threads.
 */
public final class StreamPlaces {
  private static final int LEFT_TO_OTHERS = 8;

  private final Sessions sessions;
  private final SessionGrants grants;
  private final int share;
  private final Map<String, Integer> starting = new HashMap<>();

  /** The wish to start one session; closed once, when the session runs or has failed to start. */
  public interface Claim extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @param places number of sessions that may stream concurrently
   */
  public StreamPlaces(Sessions sessions, SessionGrants grants, int places) {
    this.sessions = sessions;
    this.grants = grants;
    this.share = places - places / LEFT_TO_OTHERS;
  }

  /**
   * Claims a place for one more session of a caller, while it starts.
   *
   * @throws framewise.engine.RefusedException when the caller has its share
   */
  public Claim claim(Caller caller) {
    if (caller.ownsAll() || caller.subject().isEmpty()) {
      return () -> {};
    }
    String subject = caller.subject().get();
    int streaming =
        grants.countOwned(subject, sessions.running().stream().map(Session::id).toList());
    synchronized (starting) {
      if (streaming + starting.getOrDefault(subject, 0) >= share) {
        throw Refusal.of(
                Code.TOO_MANY_STREAMS,
                "%d of your sessions are streaming, which is the limit of one account or key. Stop one first."
                    .formatted(streaming))
            .asException();
      }
      starting.merge(subject, 1, Integer::sum);
    }
    return () -> end(subject);
  }

  private void end(String subject) {
    synchronized (starting) {
      starting.computeIfPresent(subject, (same, count) -> count > 1 ? count - 1 : null);
    }
  }
}
