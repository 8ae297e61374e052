package framewise.engine.result;

import framewise.engine.SessionId;
import framewise.engine.store.Database;
import framewise.engine.store.TestDatabase;
import framewise.media.MediaTime;
import framewise.testing.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Logs and results for tests. */
final class Logs implements AutoCloseable {
  final SessionId session = SessionId.random();
  private final Database database;

  Logs(Path folder) {
    this.database = TestDatabase.open(folder);
    insert(session);
  }

  ResultLog open() {
    return open(session);
  }

  ResultLog open(SessionId id) {
    return new ResultLog(id, database, new ManualClock());
  }

  Database database() {
    return database;
  }

  /** Bytes in pages that are in use. */
  long usedBytes() {
    return database.usedBytes();
  }

  SessionId another() {
    SessionId id = SessionId.random();
    insert(id);
    return id;
  }

  private void insert(SessionId id) {
    database.write(
        handle ->
            handle.execute(
                """
                INSERT INTO session (id, filename, file_size, video, created_at, status, dropped)
                VALUES (?, 'a.mp4', 1, '{}', 0, 'uploaded', 0)
                """,
                id.toString()));
  }

  static Event.Result result(long clip, Event.Outcome outcome) {
    return new Event.Result(
        UUID.randomUUID().toString(),
        Optional.empty(),
        "Read any visible text",
        "builtin",
        "m",
        outcome,
        new Event.ClipInfo(
            clip, new MediaTime(clip * 1_000_000), MediaTime.ofSeconds(clip + 0.1), 1),
        Duration.ofMillis(120),
        Duration.ofMillis(150),
        Map.of("ocr", Duration.ofMillis(100)),
        Optional.empty(),
        Optional.empty());
  }

  static Event.Result answered(long clip) {
    return result(clip, new Event.Outcome.Answered("EXIT " + clip, "stop"));
  }

  @Override
  public void close() {
    database.close();
  }
}
