package framewise.server.api;

import framewise.engine.Refusal;
import framewise.engine.session.Sessions;
import framewise.media.memory.NativeMemory;
import framewise.server.http.Problem;
import framewise.server.http.Reply;
import framewise.vision.Backend;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;

/** State of the service and its back ends. */
public final class HealthApi {
  private final Sessions sessions;
  private final String version;
  private final long uploadLimit;

  /**
   * @param uploadLimit bytes that an uploaded file may have
   */
  public HealthApi(Sessions sessions, String version, long uploadLimit) {
    this.sessions = sessions;
    this.version = version;
    this.uploadLimit = uploadLimit;
  }

  /** Returns the service's state to programs, and the console to people. */
  public void root(Context context) {
    context.addHeader("Vary", "Accept");
    if (Optional.ofNullable(context.header("Accept")).orElse("").contains("text/html")) {
      context.redirect("/console/", HttpStatus.FOUND);
      return;
    }
    var json = Reply.object();
    json.put("status", "ok");
    json.put("service", "framewise");
    json.put("version", version);
    var backends = json.putObject("backends");
    for (Backend backend : sessions.backends().all()) {
      var readiness = backend.readiness();
      var entry = backends.putObject(backend.name()).put("ready", readiness.ready());
      readiness.reason().ifPresent(reason -> entry.put("reason", reason));
    }
    json.put("active_sessions", sessions.active());
    json.put("upload_limit_bytes", uploadLimit);
    Optional<Refusal> trouble = storageTrouble();
    var storage = json.putObject("storage").put("ok", trouble.isEmpty());
    trouble.ifPresent(
        why -> storage.put("code", Problem.of(why).code()).put("detail", why.detail()));
    json.putObject("memory")
        .put("limit_bytes", NativeMemory.limit())
        .put("used_bytes", NativeMemory.used());
    Reply.json(context, json);
  }

  /** Why no new work is accepted. */
  private Optional<Refusal> storageTrouble() {
    return sessions
        .database()
        .damage()
        .or(
            () ->
                sessions.disk().isFull()
                    ? Optional.of(sessions.disk().refusal())
                    : Optional.empty());
  }

  public void backends(Context context) {
    var json = Reply.object();
    json.put("default", sessions.backends().firstReady().map(Backend::name).orElse(null));
    var list = json.putArray("backends");
    for (Backend backend : sessions.backends().all()) {
      BackendJson.write(
          list.addObject(), backend, Optional.ofNullable(sessions.gates().get(backend.name())));
    }
    Reply.json(context, json);
  }

  public void live(Context context) {
    Reply.json(context, Reply.object().put("status", "ok"));
  }
}
