package framewise.engine.search;

import framewise.engine.SessionId;
import framewise.engine.result.StoredAnswer;
import framewise.engine.search.SearchPage.Hit;
import framewise.engine.search.SearchPage.SessionMatches;
import framewise.engine.store.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** Searches the answers of all sessions. Safe for any number of threads. */
public final class AnswerSearch {
  /** Maximum number of matches shown for a session. */
  public static final int MAX_HITS = 50;

  private static final double MICROS = 1e6;

  private final Database database;

  public AnswerSearch(Database database) {
    this.database = database;
  }

  /**
   * Finds answers.
   *
   * @param visible the sessions to search
   * @param offset number of sessions to skip
   * @param limit maximum number of sessions to return
   * @param hits maximum number of matches for each session, up to {@link #MAX_HITS}
   */
  public SearchPage find(
      SearchQuery query,
      AnswerFilter filter,
      Predicate<SessionId> visible,
      int offset,
      int limit,
      int hits) {
    // One handle for the whole search, because opening one takes as long as reading a dozen
    // answers.
    return database.read(
        handle -> {
          List<AnswerSpans.Group> groups =
              AnswerSpans.bySession(handle, query.terms(), filter).stream()
                  .filter(group -> visible.test(group.session()))
                  .toList();
          List<AnswerSpans.Group> page = groups.stream().skip(offset).limit(limit).toList();
          Map<Long, List<AnswerSpans.Row>> rows =
              AnswerSpans.newest(handle, query.terms(), filter, page, hits);
          return new SearchPage(
              groups.stream().mapToLong(AnswerSpans.Group::spans).sum(),
              groups.size(),
              page.stream()
                  .map(
                      group ->
                          found(handle, group, rows.getOrDefault(group.number(), List.of()), query))
                  .toList());
        });
  }

  /** Builds the result of a session, without answers that were deleted in the meantime. */
  private SessionMatches found(
      Handle handle, AnswerSpans.Group group, List<AnswerSpans.Row> rows, SearchQuery query) {
    var answers = StoredAnswer.reader(handle, database, group.session());
    List<Hit> hits =
        rows.stream()
            .flatMap(
                row -> answers.apply(row.lastSeq()).map(answer -> hit(row, answer, query)).stream())
            .toList();
    return new SessionMatches(group.session(), group.spans(), hits);
  }

  private static Hit hit(AnswerSpans.Row span, StoredAnswer answer, SearchQuery query) {
    return new Hit(
        span.seq(),
        span.lastSeq(),
        span.answers(),
        span.run(),
        span.startMicros() / MICROS,
        span.endMicros() / MICROS,
        Instant.ofEpochMilli(span.at()),
        Instant.ofEpochMilli(span.lastAt()),
        span.ok(),
        span.backend(),
        answer.name(),
        Snippet.of(answer.text(), query));
  }
}
