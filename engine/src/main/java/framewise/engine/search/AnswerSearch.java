package framewise.engine.search;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.result.StoredAnswer;
import framewise.engine.search.SearchPage.Hit;
import framewise.engine.search.SearchPage.SessionMatches;
import framewise.engine.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Searches the answers of all sessions. Safe for any number of threads. */
public final class AnswerSearch {
  /** Maximum number of matches shown for a session. */
  public static final int MAX_HITS = 50;

  private static final double MICROS = 1e6;

  /** Maximum number of searches at a time; a caller may have half of them. */
  public static final int MAX_COUNT = 4;

  /** Maximum duration of a search. */
  public static final Duration MAX_TIME = Duration.ofSeconds(10);

  private final Database database;
  private final Duration patience;
  private final SearchThreads threads = new SearchThreads(MAX_COUNT);

  public AnswerSearch(Database database) {
    this(database, MAX_TIME);
  }

  AnswerSearch(Database database, Duration patience) {
    this.database = database;
    this.patience = patience;
  }

  /**
   * Finds answers.
   *
   * @param holder the caller, for its share of the places
   * @param visible the sessions to search; empty for all
   * @param offset number of sessions to skip
   * @param limit maximum number of sessions to return
   * @param hits maximum number of matches for each session, up to {@link #MAX_HITS}
   * @throws framewise.engine.RefusedException when too many searches are under way, or this one
   *     takes longer than {@link #MAX_TIME}
   */
  public SearchPage find(
      String holder,
      SearchQuery query,
      AnswerFilter filter,
      Optional<Set<SessionId>> visible,
      int offset,
      int limit,
      int hits)
      throws InterruptedException {
    // One handle for the whole search, because opening one takes as long as reading a dozen
    // answers.
    return threads
        .call(
            holder,
            () ->
                database.read(
                    patience, handle -> find(handle, query, filter, visible, offset, limit, hits)))
        .orElseThrow(this::tooLong);
  }

  private RefusedException tooLong() {
    return Refusal.of(
            Code.SEARCH_TOO_LONG,
            "The search was ended after %d s. Write longer words, or search one session."
                .formatted(Math.max(1, patience.toSeconds())))
        .asException();
  }

  private SearchPage find(
      Handle handle,
      SearchQuery query,
      AnswerFilter filter,
      Optional<Set<SessionId>> visible,
      int offset,
      int limit,
      int hits) {
    AnswerSpans spans = AnswerSpans.of(handle, query.terms(), filter, visible);
    List<AnswerSpans.Group> groups =
        spans.bySession(hits).stream()
            .filter(group -> visible.map(seen -> seen.contains(group.session())).orElse(true))
            .toList();
    List<AnswerSpans.Group> page = groups.stream().skip(offset).limit(limit).toList();
    Map<Long, List<AnswerSpans.Row>> rows = spans.newest(page, hits);
    return new SearchPage(
        groups.stream().mapToLong(AnswerSpans.Group::spans).sum(),
        groups.size(),
        page.stream()
            .map(group -> found(handle, group, rows.getOrDefault(group.number(), List.of()), query))
            .toList());
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
