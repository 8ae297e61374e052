package framewise.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.lookback.Lookback;
import framewise.engine.lookback.LookbackJson;
import framewise.engine.lookback.SpanRequest;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.engine.settings.StreamSettings;
import framewise.server.access.Caller;
import framewise.server.api.request.SpanField;
import framewise.server.api.request.StartRequest;
import framewise.server.http.Fields;
import framewise.server.http.JsonBody;
import framewise.server.http.PlatformThreads;
import framewise.server.http.Query;
import framewise.server.http.Reply;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Look-backs: questions about a span of a session's past. */
public final class LookbacksApi {
  private static final String ALL = "/sessions/{session_id}/lookbacks";
  private static final String ONE = ALL + "/{run}";

  private final Sessions sessions;
  private final PlatformThreads threads;

  /**
   * @param threads platform threads, which open videos
   */
  public LookbacksApi(Sessions sessions, PlatformThreads threads) {
    this.sessions = sessions;
    this.threads = threads;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(ALL, RouteAccess.SHOWN, this::list),
        Route.post(ALL, RouteAccess.OPERATOR, this::start),
        Route.get(ONE, RouteAccess.SHOWN, this::one),
        Route.delete(ONE, RouteAccess.OPERATOR, this::cancel));
  }

  private void start(Context context) throws IOException, InterruptedException {
    Session session = SessionPath.session(sessions, context);
    Fields fields = JsonBody.read(context);
    Optional<SpanRequest> span = SpanField.read(fields, session.file().isPresent());
    StreamSettings asked = StartRequest.read(fields);
    String holder = Caller.of(context).holder();
    Lookback made =
        threads.call(() -> sessions.lookbacks().start(session, asked, span.orElseThrow(), holder));
    context.status(201);
    context.header("Location", "/sessions/%s/lookbacks/%d".formatted(session.id(), made.run()));
    Reply.json(context, json(session, made));
  }

  private void list(Context context) {
    Session session = SessionPath.session(sessions, context);
    var json = Reply.object();
    var all = json.putArray("lookbacks");
    sessions.lookbacks().of(session).forEach(one -> all.add(json(session, one)));
    Reply.json(context, json);
  }

  private void one(Context context) {
    Session session = SessionPath.session(sessions, context);
    Reply.json(context, json(session, sessions.lookbacks().get(session, run(context))));
  }

  private void cancel(Context context) {
    Session session = SessionPath.session(sessions, context);
    Reply.json(context, json(session, sessions.lookbacks().cancel(session, run(context))));
  }

  private static ObjectNode json(Session session, Lookback lookback) {
    ObjectNode json = LookbackJson.write(lookback);
    json.put("session_id", session.id().toString());
    return json;
  }

  private static int run(Context context) {
    return (int)
        Query.number("run", Optional.of(context.pathParam("run")), 1, Integer.MAX_VALUE)
            .orElseThrow();
  }
}
