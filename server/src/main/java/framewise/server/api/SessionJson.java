package framewise.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.session.Sessions;
import framewise.engine.session.view.SessionView;
import framewise.engine.session.view.VideoJson;
import framewise.engine.settings.SettingsJson;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.Reception;
import framewise.engine.source.SourceKind;
import framewise.server.http.Reply;
import java.util.function.Function;

/** JSON of a session. */
public final class SessionJson {
  private final Sessions sessions;

  public SessionJson(Sessions sessions) {
    this.sessions = sessions;
  }

  /**
   * JSON of one session.
   *
   * @param mayChange whether the caller may start, change, stop, share and delete it
   */
  public ObjectNode write(SessionView view, boolean mayChange) {
    ObjectNode json = write(view, mayChange, SettingsJson::write);
    sessions
        .cluster()
        .flatMap(cluster -> cluster.owner(view.id()))
        .ifPresent(
            node -> json.putObject("node").put("id", node.id()).put("address", node.address()));
    return json;
  }

  /** JSON for lists, with shortened settings. */
  ObjectNode writeBrief(SessionView view, boolean mayChange) {
    return write(view, mayChange, SettingsJson::writeBrief);
  }

  private ObjectNode write(
      SessionView view, boolean mayChange, Function<StreamSettings, ObjectNode> settingsForm) {
    ObjectNode json = Reply.object();
    json.put("session_id", view.id().toString());
    json.put("filename", view.filename());
    json.put("name", view.name());
    var source = json.putObject("source").put("type", view.source().wireName());
    view.url().ifPresent(url -> source.put("url", url.toString()));
    view.reception().ifPresent(reception -> write(source, reception));
    json.put("status", view.status().wireName());
    view.reason().ifPresent(reason -> json.put("reason", reason));
    json.put("file_size", view.fileSize());
    json.set("video", VideoJson.write(view.video()));
    json.put("created_at", view.createdAt().toString());
    view.importedAt().ifPresent(at -> json.put("imported_at", at.toString()));
    view.settings().ifPresent(settings -> json.set("settings", settingsForm.apply(settings)));
    json.putObject("counters")
        .put("results", view.counters().results())
        .put("failed", view.counters().failed())
        .put("dropped", view.counters().dropped())
        .put("unchanged", view.counters().unchanged());
    json.set("spent", SpentJson.write(view.counters().spent()));
    if (view.settings().isPresent()) {
      json.set("forecast", ForecastJson.write(sessions.forecast(view)));
    }
    if (view.source() != SourceKind.UPLOAD) {
      json.set("kept", KeptJson.write(sessions.frames().of(view.id()).extent()));
    }
    json.put("memory_bytes", view.memoryBytes());
    view.newest()
        .ifPresent(
            newest -> json.putObject("newest").put("text", newest.text()).put("ok", newest.ok()));
    json.put("last_seq", view.lastSeq());
    json.put("may_change", mayChange);
    return json;
  }

  private static void write(ObjectNode source, Reception reception) {
    source.put("connected", reception.connected());
    reception.trouble().ifPresent(trouble -> source.put("trouble", trouble));
    reception.lastPictureAt().ifPresent(at -> source.put("last_picture_at", at.toString()));
  }
}
