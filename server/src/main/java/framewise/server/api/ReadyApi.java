package framewise.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.Refusal;
import framewise.engine.RefusedException;
import framewise.engine.session.Sessions;
import framewise.server.access.Caller;
import framewise.server.config.ByteSize;
import framewise.server.http.Problem;
import framewise.server.http.Reply;
import framewise.server.http.RouteAccess;
import io.javalin.http.Context;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /health/ready}: whether the service can take work. */
public final class ReadyApi {
  /** Below this, results and uploads will soon have no space. */
  static final ByteSize MIN_FREE = ByteSize.ofMegabytes(64);

  private static final Logger LOG = LoggerFactory.getLogger(ReadyApi.class);

  private final Sessions sessions;

  public ReadyApi(Sessions sessions) {
    this.sessions = sessions;
  }

  public void ready(Context context) {
    requireDatabase();
    long free = sessions.disk().freeBytes();
    if (free < MIN_FREE.bytes()) {
      throw notReady(
          ("The disk of the data folder has only %d bytes free. Free some space, or set"
                  + " FRAMEWISE_DATA to a folder on another disk.")
              .formatted(free));
    }
    int resuming = sessions.resuming();
    ObjectNode json = Reply.object().put("status", resuming > 0 ? "resuming" : "ok");
    if (Caller.of(context).may(RouteAccess.MONITOR)) {
      json.put("database", "ok").put("disk_free_bytes", free).put("resuming", resuming);
      sessions
          .remoteFiles()
          .ifPresent(
              files ->
                  json.put("files", files.isReachable() ? "ok" : "unavailable")
                      .put("files_waiting", files.waiting()));
    }
    Reply.json(context, json);
  }

  private void requireDatabase() {
    try {
      sessions.database().damage().ifPresent(ReadyApi::refuse);
      sessions.requireWritable();
    } catch (RefusedException e) {
      LOG.debug("not ready: {}", e.getMessage());
      if (e.refusal().code() == Refusal.Code.DATABASE_UNAVAILABLE) {
        throw Problem.of(HttpStatus.SERVICE_UNAVAILABLE_503, "delayed", e.refusal().detail())
            .asException();
      }
      throw notReady(e.refusal().detail());
    } catch (RuntimeException e) {
      LOG.warn("the database can't be written: {}", e.toString());
      throw notReady("The database in the data folder can't be written. The log has the reason.");
    }
  }

  private static void refuse(Refusal refusal) {
    throw refusal.asException();
  }

  private static RuntimeException notReady(String sentence) {
    return Problem.of(HttpStatus.SERVICE_UNAVAILABLE_503, "not_ready", sentence).asException();
  }
}
