package framewise.bench.search;

import com.sun.management.OperatingSystemMXBean;
import framewise.engine.SessionId;
import framewise.engine.SlotPool;
import framewise.engine.result.Event;
import framewise.engine.result.ResultLog;
import framewise.engine.search.AnswerFilter;
import framewise.engine.search.AnswerSearch;
import framewise.engine.search.SearchPage;
import framewise.engine.search.SearchQuery;
import framewise.engine.store.Database;
import framewise.engine.store.DiskSpace;
import framewise.media.MediaTime;
import framewise.time.WallClock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Searches many stored answers, none of which repeats the one before: the worst case, because the
 * index stores repeats once. Arguments: a working folder, the number of answers, and the number of
 * runs of each query.
 */
public final class SearchBench {
  private static final int SESSIONS = 100;
  private static final int BATCH = 500;
  private static final List<String> THINGS =
      List.of("person", "forklift", "truck", "pallet", "door", "ladder", "bicycle", "dog", "sign");
  private static final List<String> PLACES =
      List.of("north gate", "loading dock", "yard", "aisle seven", "car park", "stairs", "counter");

  private SearchBench() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(Files.createDirectories(Path.of(args[0])), "search");
    int answers = Integer.parseInt(args[1]);
    int repetitions = Integer.parseInt(args[2]);
    try (Database database = Database.open(folder.resolve("framewise.db"), DiskSpace.of(folder))) {
      long began = System.nanoTime();
      for (int i = 0; i < SESSIONS; i++) {
        fill(database, answers / SESSIONS, i);
      }
      System.out.printf(
          "%d answers of %d sessions stored in %.1f s, %d bytes each%n%n",
          answers, SESSIONS, (System.nanoTime() - began) / 1e9, database.usedBytes() / answers);
      System.out.println("| query | hits | median ms | p95 ms | CPU ms |");
      System.out.println("|---|---|---|---|---|");
      measure(database, "in every answer", "camera", AnswerFilter.ALL, repetitions);
      measure(database, "in one of nine", "forklift", AnswerFilter.ALL, repetitions);
      measure(database, "in one answer", "number77", AnswerFilter.ALL, repetitions);
      measure(database, "beginning of a word", "fork*", AnswerFilter.ALL, repetitions);
      measure(database, "one letter", "p*", AnswerFilter.ALL, repetitions);
      measure(database, "phrase", "\"at the loading dock\"", AnswerFilter.ALL, repetitions);
      measure(database, "three words", "ladder yard two", AnswerFilter.ALL, repetitions);
      measure(database, "in every answer, errors alone", "camera", failures(), repetitions);
    }
  }

  private static AnswerFilter failures() {
    return new AnswerFilter(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(false));
  }

  private static void measure(
      Database database, String name, String words, AnswerFilter filter, int repetitions)
      throws InterruptedException {
    var search = new AnswerSearch(database);
    SearchQuery query = SearchQuery.parse(words);
    double[] millis = new double[repetitions];
    long hits = find(search, query, filter).hits();
    // The whole process, because a search has its own thread.
    var process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long cpu = process.getProcessCpuTime();
    for (int i = 0; i < repetitions; i++) {
      long began = System.nanoTime();
      find(search, query, filter);
      millis[i] = (System.nanoTime() - began) / 1e6;
    }
    double each = (process.getProcessCpuTime() - cpu) / 1e6 / repetitions;
    Arrays.sort(millis);
    System.out.printf(
        "| %s: `%s` | %d | %.1f | %.1f | %.1f |%n",
        name, words, hits, millis[repetitions / 2], millis[repetitions * 95 / 100], each);
  }

  private static SearchPage find(AnswerSearch search, SearchQuery query, AnswerFilter filter)
      throws InterruptedException {
    return search.find(SlotPool.ALONE, query, filter, Optional.empty(), 0, 20, 5);
  }

  private static void fill(Database database, int answers, int number) {
    SessionId session = SessionId.random();
    database.write(
        handle ->
            handle.execute(
                """
                INSERT INTO session (id, filename, file_size, video, created_at, status, dropped)
                VALUES (?, 'camera.mp4', 1, '{}', 0, 'finished', 0)
                """,
                session.toString()));
    var log = new ResultLog(session, database, WallClock.system());
    log.startRun();
    Random random = new Random(number);
    List<Event> batch = new ArrayList<>();
    for (int i = 0; i < answers; i++) {
      batch.add(result(i, sentence(random, number * answers + i)));
      if (batch.size() == BATCH || i == answers - 1) {
        log.conclude(batch, handle -> {});
        batch.clear();
      }
    }
    log.close();
  }

  private static String sentence(Random random, int unique) {
    return "The camera shows %s and %s at the %s, number%d."
        .formatted(
            random.nextBoolean() ? "two people" : "a " + pick(THINGS, random),
            "one " + pick(THINGS, random),
            pick(PLACES, random),
            unique);
  }

  private static String pick(List<String> words, Random random) {
    return words.get(random.nextInt(words.size()));
  }

  private static Event.Result result(int clip, String text) {
    return new Event.Result(
        Integer.toString(clip),
        Optional.empty(),
        "What is to be seen?",
        "builtin",
        "m",
        new Event.Outcome.Answered(text, "stop"),
        new Event.ClipInfo(clip, MediaTime.ofSeconds(clip), MediaTime.ofSeconds(clip + 0.1), 1),
        Duration.ofMillis(120),
        Duration.ofMillis(150),
        Map.of("decode", Duration.ofMillis(9)),
        Optional.empty(),
        Optional.empty());
  }
}
