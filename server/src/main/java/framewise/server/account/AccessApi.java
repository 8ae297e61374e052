package framewise.server.account;

import framewise.server.access.AccessControl;
import framewise.server.access.Caller;
import framewise.server.access.Caller.Kind;
import framewise.server.access.SignIns;
import framewise.server.access.account.Account;
import framewise.server.access.account.AccountName;
import framewise.server.config.AccessMode;
import framewise.server.http.Fields;
import framewise.server.http.JsonBody;
import framewise.server.http.Problem;
import framewise.server.http.Reply;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpStatus;

/** Calls for the caller's identity, signing in and signing out. */
public final class AccessApi {
  private static final int MAX_TEXT_LENGTH = 1_024;

  private final AccessControl access;

  public AccessApi(AccessControl access) {
    this.access = access;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/access", RouteAccess.PUBLIC, this::who),
        Route.post("/access/sign-in", RouteAccess.PUBLIC, this::signIn),
        Route.post("/access/sign-out", RouteAccess.PUBLIC, this::signOut),
        Route.post("/access/setup", RouteAccess.PUBLIC, this::setUp),
        Route.post("/access/password", RouteAccess.VIEWER, this::changePassword));
  }

  /**
   * Reports what a page should display: the sign-in form, the first account's form, or the console.
   */
  private void who(Context context) {
    Caller caller = Caller.of(context);
    var json = Reply.object();
    json.put("mode", access.mode().name().toLowerCase(Locale.ROOT));
    json.put("kind", caller.kind().wireName());
    json.put("accounts", access.accounts().any());
    json.put("encrypted", access.isEncrypted(context));
    caller.role().ifPresent(role -> json.put("role", role.wireName()));
    if (caller.kind() != Kind.ANONYMOUS) {
      json.put("name", caller.name());
    }
    caller.signIn().ifPresent(signIn -> json.put("csrf_token", signIn.csrf()));
    caller.only().ifPresent(session -> json.put("session_id", session.toString()));
    Reply.json(context, json);
  }

  private void signIn(Context context) throws IOException {
    Fields fields = JsonBody.read(context);
    var name = fields.requiredString("name", MAX_TEXT_LENGTH);
    var password = fields.requiredString("password", MAX_TEXT_LENGTH);
    fields.requireSound();
    AuditHook.named(context, name.orElseThrow());
    answer(
        context,
        access
            .signIns()
            .signIn(
                name.orElseThrow(),
                password.orElseThrow(),
                access.sender(context, name.orElseThrow())));
  }

  private void signOut(Context context) {
    Caller.of(context).signIn().ifPresent(access.signIns()::end);
    access.signOut(context);
    context.status(HttpStatus.NO_CONTENT_204);
  }

  /** Creates the first account, for a caller with the link from the log or on this machine. */
  private void setUp(Context context) throws IOException {
    Fields fields = JsonBody.read(context);
    var token = fields.string("token", MAX_TEXT_LENGTH);
    var name = fields.requiredString("name", MAX_TEXT_LENGTH);
    var password = fields.requiredString("password", MAX_TEXT_LENGTH);
    fields.requireSound();
    AuditHook.named(context, name.orElseThrow());
    boolean local = Caller.of(context).kind() == Kind.LOCAL;
    if (access.mode() == AccessMode.OPEN || !(local || access.acceptsSetup(token.orElse("")))) {
      throw Problem.of(
              HttpStatus.FORBIDDEN_403,
              "setup_token",
              "This setup link is wrong, already used, or older than an hour. Restart"
                  + " Framewise and open the link in its log, or run ./framewise account add"
                  + " NAME.")
          .asException();
    }
    Account account =
        access.accounts().createFirst(AccountName.of(name.orElseThrow()), password.orElseThrow());
    access.setUp();
    answer(context, access.start(account));
  }

  /** Signs out every other browser too. */
  private void changePassword(Context context) throws IOException {
    Caller caller = Caller.of(context);
    Fields fields = JsonBody.read(context);
    var current = fields.requiredString("current_password", MAX_TEXT_LENGTH);
    var next = fields.requiredString("new_password", MAX_TEXT_LENGTH);
    fields.requireSound();
    if (caller.kind() != Kind.ACCOUNT) {
      throw Problem.of(
              HttpStatus.CONFLICT_409,
              "no_password",
              "Only somebody who has signed in with a password can change it.")
          .asException();
    }
    Account account = access.accounts().get(caller.id());
    access.signIns().verify(account, current.orElseThrow(), access.sender(context, account.name()));
    access.accounts().setPassword(account, "new_password", next.orElseThrow());
    answer(context, access.start(account));
  }

  private void answer(Context context, SignIns.NewSignIn started) {
    access.signIn(context, started);
    var json = Reply.object();
    json.put("name", started.account().name());
    json.put("role", started.account().role().wireName());
    json.put("csrf_token", started.signIn().csrf());
    Reply.json(context, json);
  }
}
