package framewise.server.api;

import framewise.engine.SessionId;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.engine.session.view.SessionView;
import framewise.server.access.Caller;
import framewise.server.access.SessionGrants;
import framewise.server.api.request.UrlRequest;
import framewise.server.http.JsonBody;
import framewise.server.http.Query;
import framewise.server.http.Reply;
import framewise.server.http.RouteAccess;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/** Lists, creates, shows and deletes sessions. */
public final class SessionsApi {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;

  private final Sessions sessions;
  private final SessionGrants grants;
  private final SessionJson shown;

  public SessionsApi(Sessions sessions, SessionGrants grants) {
    this.sessions = sessions;
    this.grants = grants;
    this.shown = new SessionJson(sessions);
  }

  public void list(Context context) {
    int offset = number(context, "offset", 0, Integer.MAX_VALUE, 0);
    int limit = number(context, "limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    var json = Reply.object();
    var page = json.putArray("sessions");
    Caller caller = Caller.of(context);
    if (caller.ownsAll()) {
      sessions.list(offset, limit).forEach(view -> page.add(shown.writeBrief(view, true)));
      json.put("total", sessions.count());
    } else {
      SessionGrants.Page visible = grants.visible(caller, offset, limit);
      boolean operates = caller.may(RouteAccess.OPERATOR);
      visible.ids().stream()
          .flatMap(this::view)
          .forEach(
              view ->
                  page.add(
                      shown.writeBrief(view, operates && visible.owned().contains(view.id()))));
      json.put("total", visible.total());
    }
    json.put("offset", offset);
    json.put("limit", limit);
    Reply.json(context, json);
  }

  /** Creates a session for video on the network. */
  public void create(Context context) throws IOException {
    UrlRequest asked = UrlRequest.read(JsonBody.read(context), sessions.frames().defaults());
    SessionView made = sessions.addUrl(asked.url(), asked.name(), asked.keep()).view();
    grants.made(made.id(), Caller.of(context));
    context.status(201);
    context.header("Location", "/sessions/" + made.id());
    Reply.json(context, shown.write(made, true));
  }

  public void one(Context context) {
    SessionView view = SessionPath.session(sessions, context).view();
    Reply.json(context, shown.write(view, grants.changes(Caller.of(context), view.id())));
  }

  public void delete(Context context) throws IOException {
    sessions.delete(SessionPath.session(sessions, context).id());
    context.status(204);
  }

  /** View of a session; empty if it was deleted in the meantime. */
  private Stream<SessionView> view(SessionId id) {
    return sessions.find(id).map(Session::view).stream();
  }

  private static int number(Context context, String name, int min, int max, int standard) {
    return (int)
        Query.number(name, Optional.ofNullable(context.queryParam(name)), min, max)
            .orElse(standard);
  }
}
