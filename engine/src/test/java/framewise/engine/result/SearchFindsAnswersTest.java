package framewise.engine.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.SlotPool;
import framewise.engine.search.AnswerFilter;
import framewise.engine.search.AnswerSearch;
import framewise.engine.search.SearchPage;
import framewise.engine.search.SearchPage.Hit;
import framewise.engine.search.SearchQuery;
import framewise.engine.search.Snippet;
import framewise.engine.store.OldDatabases;
import framewise.engine.store.TestDatabase;
import framewise.media.MediaTime;
import framewise.testing.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Full-text search over stored answers. */
class SearchFindsAnswersTest {
  @TempDir Path folder;

  @Test
  void repeatsAreOneHitAndSessionsAreGroups() {
    try (var logs = new Logs(folder)) {
      ResultLog first = logs.open();
      first.startRun();
      answer(first, 0, "No people detected.");
      answer(first, 1, "No people detected.");
      answer(first, 2, "2 people carry a ladder.");
      answer(first, 3, "No people detected.");
      SessionId other = logs.another();
      ResultLog second = logs.open(other);
      second.startRun();
      answer(second, 0, "A red ladder leans on the wall.");

      SearchPage ladders = find(logs, "ladder");
      assertThat(ladders.hits()).isEqualTo(2);
      assertThat(ladders.sessions())
          .extracting(SearchPage.SessionMatches::session)
          .containsExactly(other, logs.session);
      List<Hit> people = find(logs, "people no").sessions().getFirst().newest();
      assertThat(people).extracting(Hit::answers).containsExactly(1L, 2L);
      assertThat(people.getLast().startSeconds()).isZero();
      assertThat(people.getLast().endSeconds()).isEqualTo(1.1);
      assertThat(people.getLast().seq()).isEqualTo(1);
      assertThat(people.getLast().lastSeq()).isEqualTo(2);

      // Only answers that the caller may see are found and counted.
      for (String query : List.of("ladder", "ladd*")) {
        SearchPage seen = find(logs, query, AnswerFilter.ALL, Optional.of(Set.of(other)));
        assertThat(seen.hits()).isEqualTo(1);
        assertThat(seen.total()).isEqualTo(1);
        assertThat(find(logs, query, AnswerFilter.ALL, Optional.of(Set.of())).hits()).isZero();
      }

      // Prefixes are read in another way.
      assertThat(find(logs, "ladd*").sessions())
          .extracting(SearchPage.SessionMatches::session)
          .containsExactly(other, logs.session);
      assertThat(find(logs, "people* n*")).isEqualTo(find(logs, "people no*"));
      assertThat(find(logs, "peopl* no").sessions().getFirst().newest())
          .extracting(Hit::answers)
          .containsExactly(1L, 2L);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LADDER, true",
    "ladd, false",
    "ladd*, true",
    "\"a tall ladder\", true",
    "\"ladder tall\", false",
    "\"a ta\"*, true",
    "ladder tall, true",
    "cafe, true",
    "Café, true",
    "ladder OR nothing, false",
    "NOT ladder, false",
    "text:ladder, false",
    "42, true",
    "(exit), true",
  })
  void wordsPhrasesAndPrefixes(String query, boolean found) {
    try (var logs = new Logs(folder)) {
      ResultLog log = logs.open();
      log.startRun();
      answer(log, 0, "A tall ladder at the café, exit-42.");
      assertThat(find(logs, query).hits() == 1).isEqualTo(found);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "*", "\"\"", "\"open", "a \"b\" \"", "!?;--", "\u0000"})
  void invalidQueriesAreExplained(String query) {
    assertThatThrownBy(() -> SearchQuery.parse(query))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("q has");
  }

  @Test
  void repeatedAndImpliedWordsAreLeftOut() {
    assertThat(SearchQuery.parse("w* ".repeat(60).strip())).isEqualTo(SearchQuery.parse("w*"));
    assertThat(SearchQuery.parse("fork* Forklift fo* forklift red \"a red van\""))
        .isEqualTo(SearchQuery.parse("forklift \"a red van\""));
    assertThat(SearchQuery.parse("fo \"a fo\"*").terms()).hasSize(2);
  }

  /** Seen: 40 searches for 60 prefixes each, and the service answered nobody for minutes. */
  @Test
  void manyWordsAndPrefixesAreRefused() {
    assertThat(SearchQuery.parse("a b c d e f g h* i* j*").terms()).hasSize(10);
    assertThatThrownBy(() -> SearchQuery.parse("a b c d e f g h i j k"))
        .hasMessage("q has 11 different words but must have at most 10. A phrase counts as one.");
    assertThatThrownBy(() -> SearchQuery.parse("a* b* c* d*"))
        .hasMessage("q has 4 words with an asterisk but must have at most 3.");
  }

  @Test
  void longQueriesAreRefused() {
    assertThatThrownBy(() -> SearchQuery.parse("x".repeat(201)))
        .hasMessage("q has 201 characters but must have at most 200.");
  }

  /**
   * Seen: consecutive answers "Yes" to two different questions of the API were one hit, listed
   * under the second question.
   */
  @Test
  void equalAnswersToDifferentQuestionsOfOneNameAreDifferentHits() {
    try (var logs = new Logs(folder)) {
      ResultLog log = logs.open();
      Optional<String> api = Optional.of("API");
      log.append(said(0, api, "builtin", "Is the gate open?", "yes"));
      log.append(said(1, api, "builtin", "Is it raining?", "yes"));
      log.append(said(2, api, "builtin", "Is it raining?", "yes"));
      assertThat(find(logs, "yes").sessions().getFirst().newest())
          .extracting(Hit::answers)
          .containsExactly(2L, 1L);
    }
  }

  @Test
  void filtersApply() {
    try (var logs = new Logs(folder)) {
      ResultLog log = logs.open();
      log.startRun();
      log.append(said(0, Optional.of("doors"), "gemini", "the gate is open"));
      log.append(said(1, Optional.of("people"), "builtin", "nobody at the gate"));
      log.append(
          Logs.result(
              2, new Event.Outcome.Failed("timeout", "no gate answered", Optional.empty())));
      assertThat(find(logs, "gate").hits()).isEqualTo(3);
      assertThat(hits(logs, filter(Optional.of("doors"), Optional.empty(), Optional.empty())))
          .isEqualTo(1);
      assertThat(
              hits(
                  logs,
                  filter(Optional.of("Read any visible text"), Optional.empty(), Optional.empty())))
          .isEqualTo(1);
      assertThat(hits(logs, filter(Optional.empty(), Optional.of("gemini"), Optional.empty())))
          .isEqualTo(1);
      assertThat(hits(logs, filter(Optional.empty(), Optional.empty(), Optional.of(false))))
          .isEqualTo(1);
      Instant now = new ManualClock().now();
      assertThat(hits(logs, between(now, now.plusSeconds(1)))).isEqualTo(3);
      assertThat(hits(logs, between(now.plusSeconds(1), now.plusSeconds(9)))).isZero();
      assertThat(hits(logs, ofSession(SessionId.random()))).isZero();
      assertThat(hits(logs, ofSession(logs.session))).isEqualTo(3);
    }
  }

  @Test
  void deletedAnswersAreNotFound() {
    try (var logs = new Logs(folder)) {
      ResultLog log = logs.open();
      log.startRun();
      IntStream.range(0, 6).forEach(i -> answer(log, i, i < 3 ? "cat" : "dog"));
      EventSweep.deleteBefore(logs.database(), logs.session, 3, 100);
      Hit rest = find(logs, "cat").sessions().getFirst().newest().getFirst();
      assertThat(rest.lastSeq()).isEqualTo(3);
      EventSweep.deleteBefore(logs.database(), logs.session, 5, 100);
      assertThat(find(logs, "cat").hits()).isZero();
      assertThat(find(logs, "dog").hits()).isEqualTo(1);
      EventSweep.deleteOldest(logs.database(), logs.session, 100);
      assertThat(find(logs, "dog").hits()).isZero();
      assertThat(rows(logs, "answer_span")).isZero();
      assertThat(rows(logs, "answer_text")).isZero();
      assertThat(logs.open().newest()).isEmpty();
    }
  }

  @Test
  void answersOfEarlierVersionsAreIndexedInTheBackground() {
    TestDatabase.onlySqlite();
    OldDatabases.ofVersion4(folder.resolve("test.db"));
    try (var logs = new Logs(folder)) {
      assertThat(find(logs, "hello").hits()).isZero();
      new IndexBacklog(logs.database()).fill(() -> false);
      assertThat(rows(logs, "search_backlog")).isEqualTo(1);
      new IndexBacklog(logs.database()).fill(() -> true);
      assertThat(rows(logs, "search_backlog")).isZero();
      assertThat(find(logs, "hello").hits()).isEqualTo(1);
      assertThat(find(logs, "broken").hits()).isEqualTo(1);
      assertThat(logs.open(OldDatabases.SESSION).newest())
          .contains(new NewestAnswer("it is broken", false));
    }
  }

  @Test
  void aSnippetShowsTheMatchInALongAnswer() {
    String text = "word ".repeat(60) + "the Café is closed " + "tail ".repeat(60);
    Snippet snippet = Snippet.of(text, SearchQuery.parse("cafe clos*"));
    assertThat(snippet.text()).startsWith("…").endsWith("…").contains("the Café is closed");
    assertThat(snippet.marks())
        .extracting(mark -> snippet.text().substring(mark.from(), mark.to()))
        .containsExactly("Café", "closed");
  }

  private static SearchPage find(Logs logs, String query) {
    return find(logs, query, AnswerFilter.ALL, Optional.empty());
  }

  private static long hits(Logs logs, AnswerFilter filter) {
    return find(logs, "gate", filter, Optional.empty()).hits();
  }

  private static SearchPage find(
      Logs logs, String query, AnswerFilter filter, Optional<Set<SessionId>> visible) {
    try {
      return new AnswerSearch(logs.database())
          .find(SlotPool.ALONE, SearchQuery.parse(query), filter, visible, 0, 10, 5);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static AnswerFilter filter(
      Optional<String> question, Optional<String> backend, Optional<Boolean> ok) {
    return new AnswerFilter(
        Optional.empty(), question, backend, Optional.empty(), Optional.empty(), ok);
  }

  private static AnswerFilter between(Instant from, Instant to) {
    return new AnswerFilter(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(from),
        Optional.of(to),
        Optional.empty());
  }

  private static AnswerFilter ofSession(SessionId session) {
    return new AnswerFilter(
        Optional.of(session),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static long rows(Logs logs, String table) {
    return logs.database()
        .read(
            handle -> handle.createQuery("SELECT count(*) FROM " + table).mapTo(Long.class).one());
  }

  private static void answer(ResultLog log, long clip, String text) {
    log.append(Logs.result(clip, new Event.Outcome.Answered(text, "stop")));
  }

  private static Event.Result said(long clip, Optional<String> name, String backend, String text) {
    return said(clip, name, backend, "Asked", text);
  }

  private static Event.Result said(
      long clip, Optional<String> name, String backend, String prompt, String text) {
    return new Event.Result(
        "id-" + clip,
        name,
        prompt,
        backend,
        "m",
        new Event.Outcome.Answered(text, "stop"),
        new Event.ClipInfo(
            clip, new MediaTime(clip * 1_000_000), MediaTime.ofSeconds(clip + 0.1), 1),
        Duration.ZERO,
        Duration.ZERO,
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }
}
