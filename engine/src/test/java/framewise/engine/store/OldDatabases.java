package framewise.engine.store;

import framewise.engine.SessionId;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Databases as earlier versions wrote them. */
public final class OldDatabases {
  public static final SessionId SESSION =
      SessionId.parse("0c6f1b62-52b3-4d6c-9f43-5f4c7a3b9a10").orElseThrow();

  /** The events of the old session, as the API returned them. */
  public static final List<String> EVENTS =
      List.of(
          "{\"type\":\"result\",\"seq\":1,\"at\":\"2026-05-01T10:00:00Z\",\"ok\":true,\"result\":\"hello\"}",
          "{\"type\":\"status\",\"seq\":2,\"at\":\"2026-05-02T10:00:00Z\"}",
          "{\"type\":\"result\",\"seq\":3,\"at\":\"2026-05-03T10:00:00Z\",\"ok\":false,"
              + "\"error\":{\"message\":\"it is broken\"}}");

  private static final int VERSION = 4;

  private OldDatabases() {}

  /** Creates a database of schema version 4, with one session that has three events in two runs. */
  public static void ofVersion4(Path file) {
    Jdbi.create("jdbc:sqlite:" + file)
        .useTransaction(
            handle -> {
              Schema.migrate(handle, VERSION);
              handle.execute(
                  """
                  INSERT INTO session (id, filename, file_size, video, created_at, status, dropped)
                  VALUES (?, 'a.mp4', 1, '{}', 0, 'finished', 0)
                  """,
                  SESSION.toString());
              String insert =
                  "INSERT INTO event (session_id, seq, run, type, ok, start, json) VALUES (?, ?, ?, ?, ?, 0, ?)";
              handle.execute(insert, SESSION.toString(), 1, 1, "result", 1, EVENTS.get(0));
              handle.execute(insert, SESSION.toString(), 2, 2, "status", null, EVENTS.get(1));
              handle.execute(insert, SESSION.toString(), 3, 2, "result", 0, EVENTS.get(2));
            });
  }
}
