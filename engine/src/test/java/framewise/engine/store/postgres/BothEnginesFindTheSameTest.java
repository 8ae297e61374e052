package framewise.engine.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.RefusedException;
import framewise.engine.search.SearchQuery;
import framewise.engine.store.Database;
import framewise.engine.store.Dialect;
import framewise.engine.store.DiskSpace;
import framewise.testing.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same query finds the same texts in FTS5 and in {@code tsvector}. */
class BothEnginesFindTheSameTest {
  /** Words and characters that a language-specific parser would treat differently. */
  private static final List<String> PIECES =
      List.of(
          "the",
          "running",
          "run",
          "runs",
          "Person",
          "people",
          "café",
          "CAFE\u0301",
          "exit-42",
          "42",
          "4.2",
          "a.b@c.de",
          "http://x.example/a?b=c",
          "don't",
          "\\",
          "'",
          "\"",
          ":",
          "&",
          "|",
          "!",
          "(",
          ")",
          "<->",
          "naïve",
          "ÅNGSTRÖM",
          "straße",
          "東京",
          "москва",
          "x²",
          "½",
          "_",
          "a_b",
          "e\u0301t\u0301",
          "\ud83d\ude00",
          "ﬁne",
          "I",
          "ı",
          "İ",
          "no",
          "NOT",
          "or");

  @TempDir Path folder;

  @Test
  void randomTexts() {
    var random = new Random(17);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      texts.add(phrase(random, 1 + random.nextInt(12)));
    }
    try (Database file = Database.open(folder.resolve("test.db"), DiskSpace.of(folder));
        Database server =
            PostgresDatabase.open(
                PostgresUrl.parse(PostgresServer.shared().newDatabase()).orElseThrow(),
                DiskSpace.of(folder))) {
      fill(file, texts);
      fill(server, texts);
      int found = 0;
      for (int i = 0; i < 400; i++) {
        String query = query(random);
        if (isSound(query)) {
          List<Long> expected = find(file, query);
          assertThat(find(server, query)).as("matches of %s", query).isEqualTo(expected);
          found += expected.size();
        }
      }
      assertThat(found).as("matches of all queries").isGreaterThan(1_000);
    }
  }

  private static void fill(Database database, List<String> texts) {
    database.write(
        handle -> {
          Dialect dialect = Dialect.of(handle);
          for (int i = 0; i < texts.size(); i++) {
            handle
                .createUpdate(dialect.insertText())
                .bind("id", i + 1)
                .bind("text", dialect.text(texts.get(i)))
                .execute();
          }
        });
  }

  private static List<Long> find(Database database, String query) {
    return database.read(handle -> find(handle, query));
  }

  private static List<Long> find(Handle handle, String query) {
    Dialect dialect = Dialect.of(handle);
    return handle
        .createQuery(
            "SELECT t.%1$s FROM answer_text t WHERE %2$s ORDER BY t.%1$s"
                .formatted(dialect.textId(), dialect.hasWords()))
        .bind("words", dialect.words(SearchQuery.parse(query).terms()))
        .mapTo(Long.class)
        .list();
  }

  private static String phrase(Random random, int pieces) {
    return random
        .ints(pieces, 0, PIECES.size())
        .mapToObj(PIECES::get)
        .collect(Collectors.joining(random.nextBoolean() ? " " : ", "));
  }

  private static String query(Random random) {
    String words = phrase(random, 1 + random.nextInt(2)).replace("\"", "");
    return switch (words.isEmpty() ? 2 : random.nextInt(4)) {
      case 0 -> "\"" + words + "\"";
      case 1 -> words.substring(0, 1 + random.nextInt(words.length())) + "*";
      default -> words;
    };
  }

  private static boolean isSound(String query) {
    try {
      return !SearchQuery.parse(query).terms().isEmpty();
    } catch (RefusedException noWord) {
      return false;
    }
  }
}
