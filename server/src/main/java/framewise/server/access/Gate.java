package framewise.server.access;

import framewise.engine.SessionId;
import framewise.server.access.Caller.Kind;
import framewise.server.access.account.Role;
import framewise.server.http.Admission;
import framewise.server.http.Problem;
import framewise.server.http.RouteAccess;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/**
 * Authorization of every route: checks the caller's role and session, and for browsers the CSRF
 * token.
 */
final class Gate implements Admission {
  /** Header in which a signed-in page sends its CSRF token with every change. */
  static final String CSRF_HEADER = "X-CSRF-Token";

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<Kind> SIGNED_OUT = Set.of(Kind.ANONYMOUS, Kind.LINK);
  private static final String SESSION = "session_id";
  private static final String PUBLISHING = "/whip/";

  private final Callers callers;
  private final SessionGrants grants;

  Gate(Callers callers, SessionGrants grants) {
    this.callers = callers;
    this.grants = grants;
  }

  @Override
  public boolean admit(Context context, RouteAccess access) {
    Caller caller = callers.of(context);
    caller.attach(context);
    if (caller.may(access)) {
      requirePage(context, caller);
      if (access != RouteAccess.PUBLIC) {
        requireSession(context, caller, access);
      }
      return true;
    }
    if (SIGNED_OUT.contains(caller.kind()) && isPage(context)) {
      context.redirect("/sign-in/?next=" + encoded(next(context)), HttpStatus.FOUND);
      return false;
    }
    throw refusal(context, caller, access);
  }

  private static RuntimeException refusal(Context context, Caller caller, RouteAccess access) {
    if (caller.kind() == Kind.ANONYMOUS) {
      context.header("WWW-Authenticate", "Bearer");
      return Problem.of(
              401,
              "unauthorized",
              Keys.bearer(context).isPresent()
                  ? "This API key is not accepted: it is wrong, expired or revoked."
                  : "This needs an account or an API key. Sign in at /sign-in/, or send the header"
                      + " \"Authorization: Bearer KEY\".")
          .asException();
    }
    if (caller.kind() == Kind.LINK) {
      return Problem.of(
              403,
              "forbidden",
              "A link or token gives access to its session only. Sign in at /sign-in/ for"
                  + " everything else.")
          .asException();
    }
    if (access == RouteAccess.CREDENTIALS && caller.kind() == Kind.OPEN) {
      return Problem.of(
              403,
              "forbidden",
              "Accounts and keys are for signed-in administrators, even with FRAMEWISE_ACCESS=open."
                  + " Make the first account with ./framewise account add NAME.")
          .asException();
    }
    return Problem.of(
            403,
            "forbidden",
            "This needs the role %s; yours is %s."
                .formatted(needed(access).wireName(), caller.role().orElseThrow().wireName()))
        .asException();
  }

  private static Role needed(RouteAccess access) {
    return switch (access) {
      case PUBLIC, MONITOR -> Role.MONITOR;
      case SHOWN, VIEWER -> Role.VIEWER;
      case OPERATOR -> Role.OPERATOR;
      case ADMIN, CREDENTIALS -> Role.ADMIN;
    };
  }

  /**
   * A browser sends its cookie with requests of any page; only this service's page knows the token.
   */
  private static void requirePage(Context context, Caller caller) {
    if (ForwardedCallers.isForwarded(context)) {
      return; // the node that the browser called has checked that
    }
    if (caller.signIn().isEmpty() || SAFE.contains(context.req().getMethod())) {
      return;
    }
    String sent = Optional.ofNullable(context.header(CSRF_HEADER)).orElse("");
    if (!MessageDigest.isEqual(bytes(sent), bytes(caller.signIn().get().csrf()))) {
      throw Problem.of(
              403,
              "csrf_token",
              "The header %s is missing or wrong: GET /access returns the token of this sign-in."
                  .formatted(CSRF_HEADER))
          .asException();
    }
  }

  /** A session that a caller may not see does not exist for that caller. */
  private void requireSession(Context context, Caller caller, RouteAccess access) {
    String text = context.pathParamMap().get(SESSION);
    if (text == null || caller.ownsAll()) {
      return;
    }
    if (context.path().startsWith(PUBLISHING)) {
      return; // WHIP has error responses of its own
    }
    Optional<SessionId> session = SessionId.parse(text);
    boolean looks = access == RouteAccess.VIEWER || access == RouteAccess.SHOWN;
    boolean permitted =
        session.isPresent()
            && (looks ? grants.sees(caller, session.get()) : grants.owns(caller, session.get()));
    if (permitted) {
      return;
    }
    if (session.isPresent() && grants.sees(caller, session.get())) {
      throw Problem.of(
              403,
              "not_yours",
              "This session belongs to somebody else: use the account or the API key that"
                  + " created it.")
          .asException();
    }
    throw Problem.of(404, "session_not_found", "There is no session %s.".formatted(shown(text)))
        .asException();
  }

  private static boolean isPage(Context context) {
    return context.req().getMethod().equals("GET")
        && Optional.ofNullable(context.header("Accept")).orElse("").contains("text/html");
  }

  private static String next(Context context) {
    String query = context.queryString();
    return query == null ? context.path() : context.path() + "?" + query;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String shown(String id) {
    return id.length() > 64 ? id.substring(0, 64) + "..." : id;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
