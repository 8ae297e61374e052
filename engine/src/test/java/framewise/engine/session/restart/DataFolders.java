package framewise.engine.session.restart;

import static framewise.engine.session.SessionFixture.fast;
import static framewise.engine.session.SessionFixture.untilOver;

import framewise.engine.SessionId;
import framewise.engine.session.Session;
import framewise.engine.session.SessionFixture;
import framewise.engine.session.Sessions;
import framewise.engine.session.TestBackend;
import framewise.engine.store.postgres.PostgresUrl;
import framewise.time.WallClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Data folders with real sessions, for tests of commands that work on the files. */
public final class DataFolders {
  private static final TestBackend BACKEND =
      new TestBackend("builtin", 1, (clip, question) -> "clip " + clip.index());

  private DataFolders() {}

  /**
   * Creates {@code folder/data} with sessions of three results each, and closes it.
   *
   * @return their ids, the oldest first
   */
  public static List<SessionId> make(Path folder, int sessions) throws Exception {
    try (var fixture = new SessionFixture(folder, WallClock.system(), BACKEND)) {
      List<SessionId> ids = new ArrayList<>();
      for (int i = 0; i < sessions; i++) {
        Session session = fixture.upload(3);
        session.start(fast("which?"));
        untilOver(session);
        ids.add(session.id());
      }
      return ids;
    }
  }

  /**
   * Opens {@code folder/data} with a database in PostgreSQL, and passes its sessions to {@code at}.
   */
  public static void look(Path folder, PostgresUrl url, Consumer<Sessions> at) {
    try (var fixture =
        new SessionFixture(
            folder,
            WallClock.system(),
            options -> options.toBuilder().postgres(Optional.of(url)).build(),
            BACKEND)) {
      at.accept(fixture.sessions());
    }
  }

  /** Opens {@code folder/data} and passes its sessions to {@code at}. */
  public static void look(Path folder, Consumer<Sessions> at) {
    try (var fixture = new SessionFixture(folder, WallClock.system(), BACKEND)) {
      at.accept(fixture.sessions());
    }
  }
}
