package framewise.engine.result;

import framewise.engine.SessionId;
import framewise.engine.store.Database;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds answers stored by an earlier version to the index, a few hundred at a time, so that other
 * writers are blocked only briefly. Its progress survives restarts. Used by one thread.
 */
public final class IndexBacklog {
  private static final int BATCH = 500;
  private static final Logger LOG = LoggerFactory.getLogger(IndexBacklog.class);

  private final Database database;

  public IndexBacklog(Database database) {
    this.database = database;
  }

  /** A session that is not fully indexed. */
  private record UnindexedSession(SessionId session, long after, long until) {}

  /**
   * Works until everything is indexed.
   *
   * @param goesOn whether to continue; checked before each step
   */
  public void fill(BooleanSupplier goesOn) {
    Optional<UnindexedSession> next = next();
    if (next.isPresent()) {
      LOG.info("Indexing the answers of an earlier version for search");
    }
    while (next.isPresent() && goesOn.getAsBoolean()) {
      fill(next.get(), goesOn);
      next = next();
    }
  }

  private Optional<UnindexedSession> next() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT session_id, after_seq, until_seq FROM search_backlog
                    ORDER BY (SELECT created_at FROM session WHERE id = session_id) DESC LIMIT 1
                    """)
                .map(
                    (row, context) ->
                        new UnindexedSession(
                            SessionId.parse(row.getString(1)).orElseThrow(),
                            row.getLong(2),
                            row.getLong(3)))
                .findOne());
  }

  private void fill(UnindexedSession open, BooleanSupplier goesOn) {
    var store = new EventStore(open.session(), database);
    var index = new AnswerIndex(open.session());
    long after = open.after();
    while (after < open.until() && goesOn.getAsBoolean()) {
      List<LoggedEvent> events = store.after(after, BATCH, LogPage.MAX_CHARACTERS).events();
      long reached = events.isEmpty() ? open.until() : events.getLast().seq();
      List<IndexedAnswer> answers =
          events.stream()
              .filter(event -> event.seq() <= open.until())
              .flatMap(event -> StoredAnswer.indexed(event).stream())
              .toList();
      AnswerIndex.Change change = index.begin();
      database.write(
          handle -> {
            change.reset();
            int there =
                handle.execute(
                    "UPDATE search_backlog SET after_seq = ? WHERE session_id = ?",
                    reached,
                    open.session().toString());
            if (there == 0) {
              return; // the session was deleted: its index rows would stay forever
            }
            for (IndexedAnswer answer : answers) {
              index.add(handle, answer, change);
            }
            if (!answers.isEmpty()) {
              store(answers.getLast(), open.session(), handle);
            }
          });
      change.keep();
      after = reached;
    }
    if (after >= open.until()) {
      database.write(
          handle ->
              handle.execute(
                  "DELETE FROM search_backlog WHERE session_id = ?", open.session().toString()));
    }
  }

  /** Stores the newest answer of a session that has had none since the upgrade. */
  private static void store(IndexedAnswer answer, SessionId session, Handle handle) {
    handle.execute(
        """
        UPDATE tally SET answer = ?, answer_ok = ? WHERE session_id = ? AND NOT EXISTS (
          SELECT 1 FROM event WHERE session_id = tally.session_id AND type = 'result' AND seq > ?)
        """,
        NewestAnswer.shortened(answer.text()),
        answer.ok(),
        session.toString(),
        answer.seq());
  }
}
