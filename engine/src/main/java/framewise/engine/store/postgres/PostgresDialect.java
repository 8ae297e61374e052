package framewise.engine.store.postgres;

import framewise.engine.store.Dialect;
import framewise.engine.words.Term;
import framewise.engine.words.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * PostgreSQL. The full-text index contains words as SQLite splits them ({@link Words}).
 * PostgreSQL's own parser is not used, because it would stem them by a language. So both engines
 * find the same answers.
 */
final class PostgresDialect implements Dialect {
  /** Advisory lock that transactions which number notices hold until their commit. */
  private static final long NOTICES = 0x4672_6d77_6e6f_7465L;

  /**
   * Number of characters of a word that are indexed and compared; PostgreSQL allows 2,046 bytes. A
   * query has at most 200 characters.
   */
  private static final int MAX_WORD_LENGTH = 500;

  /** Largest position, and largest number of positions of a word, that PostgreSQL stores. */
  private static final int LAST_POSITION = 16_383;

  private static final int MAX_POSITIONS = 255;

  private final Optional<Supplier<String>> node;

  /** Dialect of a node that owns all sessions. */
  PostgresDialect() {
    this.node = Optional.empty();
  }

  /** Dialect of one of several nodes, each of which owns some sessions. */
  PostgresDialect(Supplier<String> node) {
    this.node = Optional.of(node);
  }

  @Override
  public String textId() {
    return "id";
  }

  @Override
  public String insertText() {
    return "INSERT INTO answer_text (id, words) VALUES (:id, CAST(:text AS tsvector))";
  }

  @Override
  public String text(String answer) {
    Map<String, StringBuilder> positions = new LinkedHashMap<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    int position = 0;
    for (String word : Words.of(answer)) {
      position++;
      String shown = quoted(word);
      if (position <= LAST_POSITION && counts.merge(shown, 1, Integer::sum) <= MAX_POSITIONS) {
        StringBuilder of = positions.computeIfAbsent(shown, one -> new StringBuilder());
        of.append(of.isEmpty() ? ":" : ",").append(position);
      }
    }
    return positions.entrySet().stream()
        .map(word -> word.getKey() + word.getValue())
        .collect(Collectors.joining(" "));
  }

  @Override
  public String hasWords() {
    return "t.words @@ CAST(:words AS tsquery)";
  }

  @Override
  public String words(List<Term> terms) {
    return terms.stream().map(PostgresDialect::phrase).collect(Collectors.joining(" & "));
  }

  private static String phrase(Term term) {
    return term.words().stream()
            .map(PostgresDialect::quoted)
            .collect(Collectors.joining(" <-> ", "(", term.prefix() ? ":*" : ""))
        + ")";
  }

  /** Quotes a word. Words consist of letters, digits and marks, so nothing needs escaping. */
  private static String quoted(String word) {
    int end =
        word.codePointCount(0, word.length()) <= MAX_WORD_LENGTH
            ? word.length()
            : word.offsetByCodePoints(0, MAX_WORD_LENGTH);
    return "'" + word.substring(0, end) + "'";
  }

  @Override
  public boolean readsPrefixesFirst() {
    return false;
  }

  @Override
  public String jsonField(String column, String field) {
    return "(CAST(%s AS json) ->> '%s')".formatted(column, field);
  }

  /**
   * Locks the session's row until the commit, so that no other node can take the session over
   * before.
   */
  @Override
  public String fence() {
    return "WITH own AS (SELECT id FROM session WHERE id = :session AND epoch = :epoch FOR SHARE) ";
  }

  @Override
  public String ofOwner() {
    return "FROM own";
  }

  @Override
  public long epoch(Handle handle, String session) {
    return handle
        .createQuery(
            """
            SELECT CASE WHEN CAST(:node AS TEXT) IS NULL OR owner = :node THEN epoch
              ELSE -1 END
            FROM session WHERE id = :session
            """)
        .bind("session", session)
        .bind("node", node.map(Supplier::get))
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  /** Locks the session's row. */
  @Override
  public boolean holdsSession(Handle handle, String session) {
    return handle
        .createQuery("SELECT 1 FROM session WHERE id = :session FOR KEY SHARE")
        .bind("session", session)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  @Override
  public void commitInOrder(Handle handle) {
    handle.execute("SELECT pg_advisory_xact_lock(?)", NOTICES);
  }

  @Override
  public String spending() {
    return """
        (SELECT day, unpriced, input_tokens, output_tokens, cost FROM spending
        UNION ALL
        SELECT day, unpriced, input_tokens, output_tokens, cost FROM node_spending) AS spending\
        """;
  }
}
