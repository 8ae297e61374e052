package framewise.engine.search;

import framewise.engine.SessionId;
import framewise.engine.result.AnswerIndex;
import framewise.engine.store.Dialect;
import framewise.engine.words.Term;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** One search in the full-text index that {@link AnswerIndex} writes. Used by one thread. */
final class AnswerSpans {
  /**
   * Shift of the session's number in span ids: a session's ids range from its shifted number to the
   * next one's.
   */
  private static final int SEQ_BITS = AnswerIndex.SEQ_BITS;

  private static final long SEQ_MASK = (1L << SEQ_BITS) - 1;

  /** Maximum number of ids in one statement. */
  private static final int BATCH = 500;

  private final Handle handle;
  private final Dialect dialect;
  private final List<Term> terms;
  private final AnswerFilter filter;
  private final long first;
  private final long last;

  /** Ids of the newest matches by session number, once all matches were read. */
  private final Map<Long, List<Long>> read = new HashMap<>();

  private AnswerSpans(Handle handle, List<Term> terms, AnswerFilter filter, long first, long last) {
    this.handle = handle;
    this.dialect = Dialect.of(handle);
    this.terms = List.copyOf(terms);
    this.filter = filter;
    this.first = first;
    this.last = last;
  }

  /**
   * Prepares a search.
   *
   * @param terms a match contains all of them
   * @param visible the only sessions that count; empty for all. With many, others are found too.
   */
  static AnswerSpans of(
      Handle handle, List<Term> terms, AnswerFilter filter, Optional<Set<SessionId>> visible) {
    Optional<Set<SessionId>> few = visible.filter(seen -> seen.size() <= BATCH);
    List<Long> numbers =
        filter
            .session()
            .map(session -> numbers(handle, Set.of(session)))
            .or(() -> few.map(seen -> numbers(handle, seen)))
            .orElseGet(() -> List.of(0L, Long.MAX_VALUE >> SEQ_BITS));
    return numbers.isEmpty()
        ? new AnswerSpans(handle, terms, filter, 1, 0)
        : new AnswerSpans(
            handle, terms, filter, first(Collections.min(numbers)), last(Collections.max(numbers)));
  }

  /**
   * Matching spans of a session.
   *
   * @param number of the session in the index
   */
  record Group(SessionId session, long number, long spans) {}

  /** One span. Times are in microseconds of the video, or epoch milliseconds. */
  record Row(
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
   * @param hits maximum number of matches of a session that {@link #newest} returns later
   */
  List<Group> bySession(int hits) {
    if (first > last) {
      return List.of();
    }
    return dialect.readsPrefixesFirst() && terms.stream().anyMatch(Term::prefix)
        ? readAll(hits)
        : counted();
  }

  private List<Group> counted() {
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
                .formatted(dialect.textId(), join(), dialect.hasWords(), conditions()));
    return bind(query)
        .bind("first", first)
        .bind("last", last)
        .map(
            (row, context) ->
                new Group(
                    SessionId.parse(row.getString(1)).orElseThrow(),
                    row.getLong(2),
                    row.getLong(3)))
        .list();
  }

  /**
   * Reads all matches in a single statement, because a second one would read all words with the
   * prefix again. Measured: 2 s for 5,000 words that are 3.2 million times in 80,000 answers, where
   * reading the ids of the answers takes 30 ms.
   */
  private List<Group> readAll(int hits) {
    Map<Long, Long> spans = new HashMap<>();
    matches(
        first,
        last,
        id -> {
          if (spans.merge(id >> SEQ_BITS, 1L, Long::sum) <= hits) {
            read.computeIfAbsent(id >> SEQ_BITS, number -> new ArrayList<>()).add(id);
          }
          return true;
        });
    List<Long> newest = read.values().stream().map(List::getFirst).toList();
    List<Newest> groups = new ArrayList<>();
    for (int from = 0; from < newest.size(); from += BATCH) {
      handle
          .createQuery(
              """
              SELECT s.session_id, s.number, n.last_at
              FROM answer_span n JOIN search_session s ON s.number = n.id >> 32
              WHERE n.id IN (<ids>)
              """)
          .bindList("ids", newest.subList(from, Math.min(newest.size(), from + BATCH)))
          .map(
              (row, context) ->
                  new Newest(
                      new Group(
                          SessionId.parse(row.getString(1)).orElseThrow(),
                          row.getLong(2),
                          spans.getOrDefault(row.getLong(2), 0L)),
                      row.getLong(3)))
          .forEach(groups::add);
    }
    return groups.stream()
        .sorted(
            Comparator.comparingLong(Newest::lastAt)
                .thenComparingLong(one -> one.group().number())
                .reversed())
        .map(Newest::group)
        .toList();
  }

  private record Newest(Group group, long lastAt) {}

  /**
   * The newest matching spans of several sessions, newest first.
   *
   * @param limit maximum number of spans for each session
   * @return spans by session number
   */
  Map<Long, List<Row>> newest(List<Group> groups, int limit) {
    Map<Long, List<Row>> rows = new HashMap<>();
    for (long id : ids(groups, limit)) {
      row(handle, id)
          .ifPresent(
              row -> rows.computeIfAbsent(id >> SEQ_BITS, number -> new ArrayList<>()).add(row));
    }
    return rows;
  }

  /**
   * Ids of the newest matches, in one pass over all sessions: a query for each session would read
   * frequent words each time.
   */
  private List<Long> ids(List<Group> groups, int limit) {
    if (groups.isEmpty()) {
      return List.of();
    }
    if (!read.isEmpty()) {
      return groups.stream()
          .flatMap(group -> read.getOrDefault(group.number(), List.of()).stream())
          .toList();
    }
    Map<Long, Long> missing = new HashMap<>();
    groups.forEach(group -> missing.put(group.number(), Math.min(limit, group.spans())));
    List<Long> ids = new ArrayList<>();
    matches(
        first(groups.stream().mapToLong(Group::number).min().orElseThrow()),
        last(groups.stream().mapToLong(Group::number).max().orElseThrow()),
        id -> {
          Long left = missing.get(id >> SEQ_BITS);
          if (left != null) {
            ids.add(id);
            missing.compute(id >> SEQ_BITS, (number, before) -> left > 1 ? left - 1 : null);
          }
          return !missing.isEmpty();
        });
    return ids;
  }

  /**
   * Reads the ids of matches, the highest first.
   *
   * @param visitor returns whether it wants another one
   */
  private void matches(long from, long to, LongPredicate visitor) {
    Query query =
        handle.createQuery(
            """
            SELECT t.%1$s FROM answer_text t %2$s
            WHERE %3$s AND t.%1$s BETWEEN :first AND :last AND %4$s
            ORDER BY t.%1$s DESC
            """
                .formatted(dialect.textId(), join(), dialect.hasWords(), conditions()));
    bind(query)
        .bind("first", from)
        .bind("last", to)
        .scanResultSet(
            (results, context) -> {
              try (context) {
                ResultSet rows = results.get();
                boolean more = true;
                while (more && rows.next()) {
                  more = visitor.test(rows.getLong(1));
                }
                return more;
              }
            });
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

  private String join() {
    return filter.isPlain() ? "" : "JOIN answer_span a ON a.id = t." + dialect.textId();
  }

  private String conditions() {
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

  private Query bind(Query query) {
    query.bind("words", dialect.words(terms));
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

  /** Numbers of those sessions that are in the index. */
  private static List<Long> numbers(Handle handle, Set<SessionId> sessions) {
    return sessions.isEmpty()
        ? List.of()
        : handle
            .createQuery("SELECT number FROM search_session WHERE session_id IN (<sessions>)")
            .bindList("sessions", sessions.stream().map(SessionId::toString).toList())
            .mapTo(Long.class)
            .list();
  }

  private static long first(long number) {
    return number << SEQ_BITS;
  }

  private static long last(long number) {
    return first(number) | SEQ_MASK;
  }
}
