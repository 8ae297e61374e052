package framewise.engine.search;

import framewise.engine.SessionId;
import framewise.engine.result.AnswerIndex;
import framewise.engine.store.Dialect;
import framewise.engine.words.Term;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.Query;

/** Reads the full-text index that {@link AnswerIndex} writes. */
public final class AnswerSpans {
  /**
   * Shift of the session's number in span ids: a session's ids range from its shifted number to the
   * next one's.
   */
  private static final int SEQ_BITS = AnswerIndex.SEQ_BITS;

  private static final long SEQ_MASK = (1L << SEQ_BITS) - 1;

  private AnswerSpans() {}

  /**
   * Matching spans of a session.
   *
   * @param number of the session in the index
   */
  public record Group(SessionId session, long number, long spans) {}

  /** One span. Times are in microseconds of the video, or epoch milliseconds. */
  public record Row(
      long seq,
      long lastSeq,
      long answers,
      int run,
      long startMicros,
      long endMicros,
      long at,
      long lastAt,
      boolean ok,
      String backend) {}

  /**
   * Sessions with a match; the one with the newest match comes first.
   *
   * @param terms a match contains all of them
   */
  public static List<Group> bySession(Handle handle, List<Term> terms, AnswerFilter filter) {
    Dialect dialect = Dialect.of(handle);
    Query query =
        handle.createQuery(
            """
            WITH found AS (
              SELECT t.%1$s >> 32 AS number, count(*) AS spans, max(t.%1$s) AS newest
              FROM answer_text t %2$s
              WHERE %3$s AND t.%1$s BETWEEN :first AND :last AND %4$s
              GROUP BY 1)
            SELECT s.session_id, found.number, found.spans
            FROM found JOIN search_session s ON s.number = found.number
              JOIN answer_span n ON n.id = found.newest
            ORDER BY n.last_at DESC, found.number DESC
            """
                .formatted(
                    dialect.textId(),
                    join(dialect, filter),
                    dialect.hasWords(),
                    conditions(filter)));
    Optional<Long> only = filter.session().map(session -> number(handle, session));
    return bind(query, dialect.words(terms), filter)
        .bind("first", only.map(AnswerSpans::first).orElse(0L))
        .bind("last", only.map(AnswerSpans::last).orElse(Long.MAX_VALUE))
        .map(
            (row, context) ->
                new Group(
                    SessionId.parse(row.getString(1)).orElseThrow(),
                    row.getLong(2),
                    row.getLong(3)))
        .list();
  }

  /**
   * The newest matching spans of several sessions, newest first.
   *
   * @param terms a match contains all of them
   * @param limit maximum number of spans for each session
   * @return spans by session number
   */
  public static Map<Long, List<Row>> newest(
      Handle handle, List<Term> terms, AnswerFilter filter, List<Group> groups, int limit) {
    Map<Long, List<Row>> rows = new HashMap<>();
    for (long id : ids(handle, terms, filter, groups, limit)) {
      row(handle, id)
          .ifPresent(
              row -> rows.computeIfAbsent(id >> SEQ_BITS, number -> new ArrayList<>()).add(row));
    }
    return rows;
  }

  /**
   * Ids of the newest matches, in one pass over all sessions: a query for each session would expand
   * prefixes each time.
   */
  private static List<Long> ids(
      Handle handle, List<Term> terms, AnswerFilter filter, List<Group> groups, int limit) {
    Dialect dialect = Dialect.of(handle);
    Map<Long, Long> missing = new HashMap<>();
    groups.forEach(group -> missing.put(group.number(), Math.min(limit, group.spans())));
    List<Long> ids = new ArrayList<>();
    Query query =
        handle.createQuery(
            """
            SELECT t.%1$s FROM answer_text t %2$s
            WHERE %3$s AND t.%1$s BETWEEN :first AND :last AND %4$s
            ORDER BY t.%1$s DESC
            """
                .formatted(
                    dialect.textId(),
                    join(dialect, filter),
                    dialect.hasWords(),
                    conditions(filter)));
    bind(query, dialect.words(terms), filter)
        .bind("first", groups.stream().mapToLong(Group::number).min().orElse(0) << SEQ_BITS)
        .bind("last", last(groups.stream().mapToLong(Group::number).max().orElse(0)));
    try (ResultIterator<Long> found = query.mapTo(Long.class).iterator()) {
      while (!missing.isEmpty() && found.hasNext()) {
        long id = found.next();
        Long left = missing.get(id >> SEQ_BITS);
        if (left != null) {
          ids.add(id);
          missing.compute(id >> SEQ_BITS, (number, before) -> left > 1 ? left - 1 : null);
        }
      }
    }
    return ids;
  }

  private static Optional<Row> row(Handle handle, long id) {
    return handle
        .createQuery("SELECT * FROM answer_span WHERE id = :id")
        .bind("id", id)
        .map(
            (row, context) ->
                new Row(
                    id & SEQ_MASK,
                    row.getLong("last_seq"),
                    row.getLong("answers"),
                    row.getInt("run"),
                    row.getLong("start_us"),
                    row.getLong("end_us"),
                    row.getLong("at"),
                    row.getLong("last_at"),
                    row.getBoolean("ok"),
                    row.getString("backend")))
        .findOne();
  }

  private static String join(Dialect dialect, AnswerFilter filter) {
    return filter.isPlain() ? "" : "JOIN answer_span a ON a.id = t." + dialect.textId();
  }

  private static String conditions(AnswerFilter filter) {
    return filter.isPlain()
        ? "true"
        : """
        (CAST(:question AS BIGINT) IS NULL OR a.question = :question)
        AND (CAST(:backend AS TEXT) IS NULL OR a.backend = :backend)
        AND (CAST(:from AS BIGINT) IS NULL OR a.last_at >= :from)
        AND (CAST(:to AS BIGINT) IS NULL OR a.at < :to)
        AND (CAST(:ok AS BIGINT) IS NULL OR a.ok = :ok)
        """;
  }

  private static Query bind(Query query, String words, AnswerFilter filter) {
    query.bind("words", words);
    if (!filter.isPlain()) {
      query
          .bind("question", filter.question().map(AnswerIndex::questionKey))
          .bind("backend", filter.backend())
          .bind("from", filter.from().map(Instant::toEpochMilli))
          .bind("to", filter.to().map(Instant::toEpochMilli))
          .bind("ok", filter.ok());
    }
    return query;
  }

  /** Number of a session in the index; 0 if it is not indexed, since no session has that number. */
  private static long number(Handle handle, SessionId session) {
    return handle
        .createQuery("SELECT number FROM search_session WHERE session_id = :session")
        .bind("session", session.toString())
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  private static long first(long number) {
    return number << SEQ_BITS;
  }

  private static long last(long number) {
    return first(number) | SEQ_MASK;
  }
}
