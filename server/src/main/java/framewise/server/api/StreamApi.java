package framewise.server.api;

import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.engine.session.plan.Changes;
import framewise.engine.settings.Prompt;
import framewise.engine.settings.SettingsJson;
import framewise.engine.settings.StreamSettings;
import framewise.server.access.Caller;
import framewise.server.access.StreamPlaces;
import framewise.server.api.request.ChangeRequest;
import framewise.server.api.request.PromptName;
import framewise.server.api.request.SessionName;
import framewise.server.api.request.StartRequest;
import framewise.server.http.Fields;
import framewise.server.http.JsonBody;
import framewise.server.http.PlatformThreads;
import framewise.server.http.Reply;
import framewise.vision.Backend;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;

/** Starts, changes and stops sessions, including the calls of the original API. */
public final class StreamApi {
  private final Sessions sessions;
  private final StreamPlaces places;
  private final PlatformThreads threads;

  public StreamApi(Sessions sessions, StreamPlaces places, PlatformThreads threads) {
    this.sessions = sessions;
    this.places = places;
    this.threads = threads;
  }

  public void start(Context context) throws IOException, InterruptedException {
    Session session = SessionPath.session(sessions, context);
    StreamSettings asked = StartRequest.read(JsonBody.read(context));
    StreamSettings applied;
    try (StreamPlaces.Claim _ = places.claim(Caller.of(context))) {
      applied = threads.call(() -> session.start(asked));
    }
    String backend = applied.backend().orElseThrow();
    var json = Reply.object();
    json.put("session_id", session.id().toString());
    json.put("status", "streaming");
    json.put("backend", backend);
    json.put("model", applied.model().or(() -> defaultModel(backend)).orElse(null));
    var settings = SettingsJson.write(applied);
    json.set("processing", settings.get("processing"));
    if (settings.has("prompts")) {
      json.set("prompts", settings.get("prompts"));
    }
    json.set("forecast", ForecastJson.write(sessions.forecast(session.view())));
    Reply.json(context, json);
  }

  /** Changes a running session, or the name of any session. */
  public void change(Context context) throws IOException, InterruptedException {
    Session session = SessionPath.session(sessions, context);
    Fields fields = JsonBody.read(context);
    Optional<String> name = SessionName.read(fields);
    Changes changes = ChangeRequest.read(fields);
    if (!SessionName.isAllOf(fields)) {
      threads.call(() -> session.change(changes));
    }
    if (SessionName.isIn(fields)) {
      session.rename(name);
    }
    Reply.json(context, new SessionJson(sessions).write(session.view(), true));
  }

  public void updatePrompt(Context context) throws IOException {
    Session session = SessionPath.session(sessions, context);
    Fields fields = JsonBody.read(context);
    Optional<Prompt> prompt =
        fields.requiredString("prompt").flatMap(text -> fields.make(() -> new Prompt(text)));
    Optional<String> name = PromptName.read(fields);
    fields.requireSound();
    session.updatePrompt(name, prompt.orElseThrow());
    var json = Reply.object();
    json.put("session_id", session.id().toString());
    json.put("status", "prompt_updated");
    json.put("prompt", prompt.orElseThrow().text());
    Reply.json(context, json);
  }

  public void stop(Context context) {
    Session session = SessionPath.session(sessions, context);
    session.stop();
    var json = Reply.object();
    json.put("session_id", session.id().toString());
    json.put("status", "stopped");
    json.put("results", session.view().counters().results());
    Reply.json(context, json);
  }

  private Optional<String> defaultModel(String backend) {
    return sessions.backends().named(backend).flatMap(Backend::defaultModel);
  }
}
