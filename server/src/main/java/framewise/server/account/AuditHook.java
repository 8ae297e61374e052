package framewise.server.account;

import framewise.engine.ShownText;
import framewise.server.access.AuditLog;
import framewise.server.access.Caller;
import framewise.server.access.Caller.Kind;
import framewise.server.access.ForwardedCallers;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;

/**
 * Records every call that changes something, once it is answered, and every sign-in attempt. Other
 * refused calls of anonymous callers are left out: they would push out real actions.
 */
public final class AuditHook {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<Integer> NOT_TRIED = Set.of(429, 503);
  private static final String NAME = "framewise.audit.name";
  private static final int MAX_NAME_LENGTH = 64;

  private final AuditLog log;

  public AuditHook(AuditLog log) {
    this.log = log;
  }

  /** Records a sign-in attempt. */
  static void named(Context context, String name) {
    context.attribute(NAME, ShownText.of(name, MAX_NAME_LENGTH));
  }

  /** Records an answered request. */
  public void answered(Context context) {
    if (SAFE.contains(context.req().getMethod()) || ForwardedCallers.isForwarded(context)) {
      return; // a node that forwards a call records it
    }
    Caller caller = Caller.of(context);
    Optional<String> name = Optional.ofNullable(context.attribute(NAME));
    boolean signingIn = name.isPresent() && !NOT_TRIED.contains(context.statusCode());
    if (signingIn || (name.isEmpty() && caller.kind() != Kind.ANONYMOUS)) {
      String route = route(context);
      if (!isRoutine(route)) {
        log.record(
            caller,
            name.orElseGet(caller::name),
            context.method() + " " + route,
            target(context),
            context.statusCode());
      }
    }
  }

  /** Clients of streams call these every few seconds. */
  private static boolean isRoutine(String route) {
    return route.endsWith("/keepalive") || route.endsWith("/feedback") || route.endsWith("/token");
  }

  private static String route(Context context) {
    var endpoint = context.endpoints().lastHttpEndpoint();
    return endpoint == null || endpoint.path.isEmpty() ? "none" : endpoint.path;
  }

  private static String target(Context context) {
    return context.pathParamMap().values().stream()
        .findFirst()
        .map(text -> text.replaceAll("[^A-Za-z0-9_-]", "?"))
        .map(text -> text.length() > MAX_NAME_LENGTH ? text.substring(0, MAX_NAME_LENGTH) : text)
        .orElse("");
  }
}
