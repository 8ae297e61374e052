package framewise.engine.result;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.SessionId;
import framewise.engine.store.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Summary of a session's log, stored with every event, so that events need not be counted.
 *
 * @param lastSeq number of the newest event, 0 where there is none
 * @param run number of the newest run, 0 before the first
 * @param runStart number of the newest run's first event, 1 before the first
 * @param counts results over all runs
 * @param at time of the newest event
 * @param newest the last result of a run that played the video; empty before the first
 * @param lastRun largest run number so far, which may be that of a look-back
 */
public record Tally(
    long lastSeq,
    int run,
    long runStart,
    ResultCounts counts,
    Instant at,
    Optional<NewestAnswer> newest,
    int lastRun) {
  /** Tally of an empty log. */
  public static final Tally EMPTY =
      new Tally(0, 0, 1, new ResultCounts(0, 0), Instant.EPOCH, Optional.empty(), 0);

  /** Reads the tally of a session. */
  static Tally of(Handle handle, SessionId session) {
    Optional<Tally> found =
        handle
            .createQuery("SELECT * FROM tally WHERE session_id = :session")
            .bind("session", session.toString())
            .map((row, context) -> read(row))
            .findOne();
    return found.orElse(EMPTY);
  }

  /** Reads a row of the table {@code tally}; columns that are NULL mean an empty log. */
  public static Tally read(ResultSet row) throws SQLException {
    long lastSeq = row.getLong("last_seq");
    boolean answered = row.getBoolean("answer_ok");
    return lastSeq == 0
        ? EMPTY
        : new Tally(
            lastSeq,
            row.getInt("run"),
            row.getLong("run_start"),
            new ResultCounts(row.getLong("results"), row.getLong("failed")),
            Instant.ofEpochMilli(row.getLong("at")),
            Optional.ofNullable(row.getString("answer"))
                .map(text -> new NewestAnswer(text, answered)),
            Math.max(row.getInt("run"), row.getInt("last_run")));
  }

  /**
   * Stores the tally, unless another node has taken over the session.
   *
   * @param epoch of this owner
   * @throws framewise.engine.RefusedException when another node has taken over taken over; the
   *     transaction must be rolled back
   */
  void store(Handle handle, SessionId session, long epoch) {
    Dialect dialect = Dialect.of(handle);
    int stored =
        handle
            .createUpdate(
                """
                %sINSERT INTO tally
                  (session_id, last_seq, run, run_start, results, failed, at, answer, answer_ok,
                   last_run)
                SELECT :session, :seq, :run, :start, :results, :failed, :at, :answer, :answered,
                   :lastRun %s
                ON CONFLICT (session_id) DO UPDATE SET last_seq = excluded.last_seq,
                  run = excluded.run, run_start = excluded.run_start, results = excluded.results,
                  failed = excluded.failed, at = excluded.at, answer = excluded.answer,
                  answer_ok = excluded.answer_ok, last_run = excluded.last_run
                """
                    .formatted(dialect.fence(), dialect.ofOwner()))
            .bind("epoch", epoch)
            .bind("session", session.toString())
            .bind("seq", lastSeq)
            .bind("run", run)
            .bind("start", runStart)
            .bind("results", counts.results())
            .bind("failed", counts.failed())
            .bind("at", at.toEpochMilli())
            .bind("answer", newest.map(NewestAnswer::text))
            .bind("answered", newest.map(NewestAnswer::ok))
            .bind("lastRun", lastRun)
            .execute();
    if (stored == 0) {
      throw takenOver();
    }
  }

  /**
   * Locks the session until the end of a transaction, so that no other node takes it over during
   * it.
   *
   * @param epoch of this owner
   * @throws framewise.engine.RefusedException when another node has taken over
   */
  static void requireOwner(Handle handle, SessionId session, long epoch) {
    Dialect dialect = Dialect.of(handle);
    if (dialect.fence().isEmpty()) {
      return; // without a cluster, one process writes everything
    }
    boolean owned =
        handle
            .createQuery("%sSELECT 1 %s".formatted(dialect.fence(), dialect.ofOwner()))
            .bind("session", session.toString())
            .bind("epoch", epoch)
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
    if (!owned) {
      throw takenOver();
    }
  }

  static RuntimeException takenOver() {
    return Refusal.of(
            Code.TAKEN_OVER,
            "Another node runs this session, so this node stores nothing for it. Try"
                + " again in a few seconds.")
        .asException();
  }

  /** The tally with one more event. */
  Tally plus(Event event, Instant now) {
    return new Tally(
        lastSeq + 1,
        run,
        runStart,
        event instanceof Event.Result result ? counts.plus(result) : counts,
        now,
        event instanceof Event.Result result ? Optional.of(NewestAnswer.of(result)) : newest,
        lastRun);
  }

  /** The tally with one more event of a look-back, whose answers are not the newest. */
  Tally plusBeside(Event event, Instant now) {
    Tally next = plus(event, now);
    return new Tally(
        next.lastSeq, next.run, next.runStart, next.counts, next.at, newest, next.lastRun);
  }

  /** The tally with a new run, which has no event yet. */
  Tally nextRun() {
    int next = lastRun + 1;
    return new Tally(lastSeq, next, lastSeq + 1, counts, at, newest, next);
  }

  /** The tally with the number of one more look-back. */
  Tally withRunBeside() {
    return new Tally(lastSeq, run, runStart, counts, at, newest, lastRun + 1);
  }
}
