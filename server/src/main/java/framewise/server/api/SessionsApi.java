package framewise.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.pipeline.SettingsJson;
import framewise.engine.session.SessionView;
import framewise.engine.session.Sessions;
import framewise.engine.session.VideoJson;
import framewise.server.http.JsonBody;
import framewise.server.http.Query;
import framewise.server.http.Reply;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;

/** The list of sessions, one of them, and its end. */
public final class SessionsApi {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;

  private final Sessions sessions;

  public SessionsApi(Sessions sessions) {
    this.sessions = sessions;
  }

  public void list(Context context) {
    int offset = number(context, "offset", 0, Integer.MAX_VALUE, 0);
    int limit = number(context, "limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    var json = Reply.object();
    var page = json.putArray("sessions");
    sessions.list(offset, limit).forEach(view -> page.add(write(view)));
    json.put("total", sessions.count());
    json.put("offset", offset);
    json.put("limit", limit);
    Reply.json(context, json);
  }

  /** Makes a session of video in the network. */
  public void create(Context context) throws IOException {
    UrlRequest asked = UrlRequest.read(JsonBody.read(context));
    SessionView made = sessions.addUrl(asked.url(), asked.name()).view();
    context.status(201);
    context.header("Location", "/sessions/" + made.id());
    Reply.json(context, write(made));
  }

  public void one(Context context) {
    Reply.json(context, write(SessionPath.session(sessions, context).view()));
  }

  public void delete(Context context) throws IOException {
    sessions.delete(SessionPath.session(sessions, context).id());
    context.status(204);
  }

  static ObjectNode write(SessionView view) {
    ObjectNode json = Reply.object();
    json.put("session_id", view.id().toString());
    json.put("filename", view.filename());
    var source = json.putObject("source").put("type", view.source().wireName());
    view.url().ifPresent(url -> source.put("url", url.toString()));
    json.put("status", view.status().wireName());
    view.reason().ifPresent(reason -> json.put("reason", reason));
    json.put("file_size", view.fileSize());
    json.set("video", VideoJson.write(view.video()));
    json.put("created_at", view.createdAt().toString());
    view.settings().ifPresent(settings -> json.set("settings", SettingsJson.write(settings)));
    json.putObject("counters")
        .put("results", view.counters().results())
        .put("failed", view.counters().failed())
        .put("dropped", view.counters().dropped())
        .put("unchanged", view.counters().unchanged());
    json.set("spent", SpentJson.write(view.counters().spent()));
    json.put("last_seq", view.lastSeq());
    return json;
  }

  private static int number(Context context, String name, int min, int max, int standard) {
    return (int)
        Query.number(name, Optional.ofNullable(context.queryParam(name)), min, max)
            .orElse(standard);
  }
}
