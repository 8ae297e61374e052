package framewise.server.api;

import framewise.engine.session.Sessions;
import framewise.server.access.Caller;
import framewise.server.config.ByteSize;
import framewise.server.http.Problem;
import framewise.server.http.Reply;
import framewise.server.http.RouteAccess;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /health/ready}: whether work sent here would be done. */
public final class ReadyApi {
  /** With less than this, results and uploads soon have no room. */
  static final ByteSize LEAST_ROOM = ByteSize.ofMegabytes(64);

  private static final Logger LOG = LoggerFactory.getLogger(ReadyApi.class);

  private final Sessions sessions;
  private final Path data;

  public ReadyApi(Sessions sessions, Path data) {
    this.sessions = sessions;
    this.data = data;
  }

  public void ready(Context context) {
    requireDatabase();
    long free = freeBytes();
    if (free < LEAST_ROOM.bytes()) {
      throw notReady(
          "The disk of the data folder has %d bytes left: free some, or set FRAMEWISE_DATA to a folder on another disk."
              .formatted(free));
    }
    var json = Reply.object().put("status", "ok");
    if (Caller.of(context).may(RouteAccess.MONITOR)) {
      json.put("database", "ok").put("disk_free_bytes", free);
    }
    Reply.json(context, json);
  }

  private void requireDatabase() {
    try {
      sessions.requireWritable();
    } catch (RuntimeException e) {
      LOG.warn("the database cannot be written: {}", e.toString());
      throw notReady("The database in the data folder cannot be written: the log tells why.");
    }
  }

  private long freeBytes() {
    try {
      return Files.getFileStore(data).getUsableSpace();
    } catch (IOException e) {
      LOG.warn("the data folder cannot be looked at: {}", e.toString());
      return 0;
    }
  }

  private static RuntimeException notReady(String sentence) {
    return Problem.of(HttpStatus.SERVICE_UNAVAILABLE_503, "not_ready", sentence).asException();
  }
}
