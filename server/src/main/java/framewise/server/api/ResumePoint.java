package framewise.server.api;

import framewise.engine.Refusal;
import framewise.engine.result.ResultLog;
import framewise.engine.result.Tap;
import framewise.server.http.Query;
import java.util.Optional;

/** Position in a session's log at which a client resumes. */
final class ResumePoint {
  private ResumePoint() {}

  /**
   * Opens the log after the event that the client names or, without one, at the start of the newest
   * run.
   *
   * @throws framewise.engine.RefusedException when the event does not exist
   */
  static Tap tap(ResultLog log, Optional<String> since) {
    return log.tap(place(log, since));
  }

  /** Like {@link #tap}, for a client that waits for the next start. */
  static Tap tapUntilStarted(ResultLog log, Optional<String> since) {
    return log.tapUntilStarted(place(log, since));
  }

  private static long place(ResultLog log, Optional<String> since) {
    long place = Query.number("since", since, 0, Long.MAX_VALUE).orElseGet(log::startOfNewestRun);
    long last = log.lastSeq();
    if (place > last) {
      throw Refusal.field(
              "since",
              "since is %d but the newest event of this session is %d".formatted(place, last))
          .asException();
    }
    return place;
  }
}
