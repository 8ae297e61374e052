package framewise.server.account;

import framewise.engine.SessionId;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.server.access.AccessControl;
import framewise.server.access.Caller;
import framewise.server.access.Shares;
import framewise.server.access.secret.ShownSession;
import framewise.server.api.SessionPath;
import framewise.server.http.Fields;
import framewise.server.http.JsonBody;
import framewise.server.http.Problem;
import framewise.server.http.Reply;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** Calls that share a session: with accounts, through a link, through a token for a player. */
public final class SharesApi {
  private static final int MAX_TEXT_LENGTH = 1_024;
  private static final int DEFAULT_DAYS = 7;
  private static final int MAX_DAYS = 90;
  private static final int DEFAULT_SECONDS = 3_600;
  private static final int MIN_SECONDS = 60;
  private static final int MAX_SECONDS = 86_400;
  private static final String SHARES = "/sessions/{" + SessionPath.PARAMETER + "}/shares";
  private static final String ID = "share_id";

  private final Sessions sessions;
  private final AccessControl access;
  private final Shares shares;

  public SharesApi(Sessions sessions, AccessControl access) {
    this.sessions = sessions;
    this.access = access;
    this.shares = access.shares();
  }

  public List<Route> routes() {
    return List.of(
        Route.get(SHARES, RouteAccess.OPERATOR, this::list),
        Route.post(SHARES, RouteAccess.OPERATOR, this::share),
        Route.delete(SHARES + "/{" + ID + "}", RouteAccess.OPERATOR, this::end),
        Route.post(
            "/sessions/{" + SessionPath.PARAMETER + "}/token", RouteAccess.VIEWER, this::token),
        Route.get("/share", RouteAccess.PUBLIC, this::open));
  }

  private void list(Context context) {
    SessionId session = session(context);
    var json = Reply.object();
    var viewers = json.putArray("viewers");
    shares
        .viewers(session)
        .forEach(one -> viewers.addObject().put("id", one.id()).put("name", one.name()));
    var links = json.putArray("links");
    shares
        .links()
        .of(session)
        .forEach(
            link ->
                links
                    .addObject()
                    .put("id", link.id())
                    .put("created_at", link.createdAt().toString())
                    .put("expires_at", link.expiresAt().toString()));
    Reply.json(context, json);
  }

  private void share(Context context) throws IOException {
    SessionId session = session(context);
    Fields fields = JsonBody.read(context);
    Optional<String> account = fields.string("account", MAX_TEXT_LENGTH);
    boolean everybody = fields.flag("everybody").orElse(false);
    boolean link = fields.flag("link").orElse(false);
    int days = fields.wholeNumber("expires_in_days", 1, MAX_DAYS).orElse(DEFAULT_DAYS);
    if (!fields.has("account") && !everybody && !link) {
      fields.add("account", "account must be a name, or everybody or link must be true");
    }
    fields.requireSound();
    account.ifPresent(name -> shares.showTo(session, name));
    if (everybody) {
      shares.showToEverybody(session);
    }
    var json = Reply.object();
    json.put("session_id", session.toString());
    if (link) {
      String token = shares.links().make(session, Duration.ofDays(days), Caller.of(context));
      json.put("path", "/share?token=" + token);
    }
    context.status(HttpStatus.CREATED_201);
    Reply.json(context, json);
  }

  private void end(Context context) {
    shares.end(session(context), context.pathParam(ID));
    context.status(HttpStatus.NO_CONTENT_204);
  }

  /** Creates a token for players, and for video elements, sockets and pictures on other sites. */
  private void token(Context context) throws IOException {
    SessionId session = session(context);
    Fields fields = JsonBody.read(context);
    int seconds =
        fields.wholeNumber("expires_in_seconds", MIN_SECONDS, MAX_SECONDS).orElse(DEFAULT_SECONDS);
    fields.requireSound();
    Duration life = Duration.ofSeconds(seconds);
    var json = Reply.object();
    json.put("token", shares.links().token(session, life, Caller.of(context)));
    json.put("expires_in_seconds", seconds);
    Reply.json(context, json);
  }

  /** A browser opened a link: it may see the session as long as the link is valid. */
  private void open(Context context) {
    String token = Optional.ofNullable(context.queryParam("token")).orElse("");
    ShownSession shown =
        shares
            .shown(token)
            .orElseThrow(
                () ->
                    Problem.of(
                            HttpStatus.NOT_FOUND_404,
                            "link_over",
                            "This link has expired or was revoked. Ask for a new one.")
                        .asException());
    Caller caller = Caller.of(context);
    if (caller.subject().isPresent()) {
      shares.open(shown, caller.subject().get());
    } else if (!caller.isFree()) {
      access.showByLink(context, token);
    }
    context.header("Cache-Control", "no-store");
    context.header("Location", "/console/#/session/" + shown.session() + place(context));
    context.status(HttpStatus.FOUND_302);
  }

  /** Second of the video at which the link starts. */
  private static String place(Context context) {
    String second = Optional.ofNullable(context.queryParam("t")).orElse("");
    return second.matches("\\d{1,7}(\\.\\d{1,3})?") ? "?t=" + second : "";
  }

  private SessionId session(Context context) {
    Session session = SessionPath.session(sessions, context);
    return session.id();
  }
}
