package framewise.server.upload;

import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.media.demo.DemoClip;
import framewise.server.access.Caller;
import framewise.server.access.SessionGrants;
import framewise.server.http.PlatformThreads;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** {@code POST /sessions/demo}: a session of a sample clip, which the service makes once. */
public final class DemoApi {
  private static final String FILENAME = "demo.mp4";

  /** Names the clip's edition, because earlier versions made another one, {@link #FILENAME}. */
  private static final String STORED = "demo-people.mp4";

  private final Sessions sessions;
  private final SessionGrants grants;
  private final PlatformThreads threads;
  private final Path stored;
  private final Path outdated;

  /**
   * @param data where the clip is stored
   */
  public DemoApi(Sessions sessions, SessionGrants grants, PlatformThreads threads, Path data) {
    this.sessions = sessions;
    this.grants = grants;
    this.threads = threads;
    this.stored = data.resolve(STORED);
    this.outdated = data.resolve(FILENAME);
  }

  public void create(Context context) throws IOException, InterruptedException {
    sessions.disk().requireRoom();
    Session session = threads.call(this::add);
    grants.made(session.id(), Caller.of(context));
    sessions.warmUp();
    UploadApi.answer(context, session);
  }

  private Session add() throws IOException {
    make();
    Path copy = sessions.newUpload();
    try {
      Files.copy(stored, copy, StandardCopyOption.REPLACE_EXISTING);
      return sessions.add(copy, FILENAME);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private synchronized void make() throws IOException {
    if (Files.exists(stored)) {
      return;
    }
    DemoClip.write(stored);
    Files.deleteIfExists(outdated);
  }
}
