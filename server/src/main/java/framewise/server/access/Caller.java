package framewise.server.access;

import framewise.engine.SessionId;
import framewise.engine.SlotPool;
import framewise.server.access.account.Role;
import framewise.server.access.account.SignIn;
import framewise.server.access.secret.ShownSession;
import framewise.server.http.RouteAccess;
import io.javalin.http.Context;
import io.javalin.websocket.WsContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;

/**
 * Sender of a request.
 *
 * @param id of the account or key; empty for callers without one
 * @param name for display
 * @param role empty for callers with access to public routes only
 * @param address the sender's address
 * @param signIn the browser's sign-in, for accounts
 * @param shown the one session that a token gives access to; empty for callers without a token
 */
public record Caller(
    Kind kind,
    String id,
    String name,
    Optional<Role> role,
    String address,
    Optional<SignIn> signIn,
    Optional<ShownSession> shown) {
  private static final String ATTRIBUTE = "framewise.caller";

  /** Ways of authentication. */
  public enum Kind {
    /** Not authenticated. */
    ANONYMOUS,
    /** On this machine, while there is no account. */
    LOCAL,
    /** Not authenticated, and no authentication is required. */
    OPEN,
    /** Password. */
    ACCOUNT,
    /** API key. */
    KEY,
    /** Reverse proxy. */
    PROXY,
    /** Link to one session. */
    LINK;

    public String wireName() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  static Caller of(Kind kind, Optional<Role> role, String address) {
    return new Caller(kind, "", kind.wireName(), role, address, Optional.empty(), Optional.empty());
  }

  /** The sender of this request. */
  public static Caller of(Context context) {
    return Optional.<Caller>ofNullable(context.attribute(ATTRIBUTE))
        .orElseGet(() -> of(Kind.ANONYMOUS, Optional.empty(), ""));
  }

  /** The client that sent this request, where a servlet reads it. */
  public static Caller of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Caller caller
        ? caller
        : of(Kind.ANONYMOUS, Optional.empty(), "");
  }

  /** The client that opened this socket. */
  public static Caller of(WsContext socket) {
    return Optional.<Caller>ofNullable(socket.attribute(ATTRIBUTE))
        .orElseGet(() -> of(Kind.ANONYMOUS, Optional.empty(), ""));
  }

  /**
   * Value that is equal for all requests of one account or key or, without these, of one address.
   * For limits, not for permissions.
   */
  public Object whom() {
    return List.of(kind, id.isEmpty() ? address : id);
  }

  /**
   * Key under which occupied places are counted where each caller may have a share of them: an
   * account or key, the address of a caller without these, or all links together. Where there are
   * no accounts, there are no shares.
   */
  public String holder() {
    return switch (kind) {
      case LOCAL, OPEN -> SlotPool.ALONE;
      case LINK -> kind.wireName();
      default -> subject().orElseGet(() -> whom().toString());
    };
  }

  void attach(Context context) {
    context.attribute(ATTRIBUTE, this);
  }

  /** Whether the caller may use a route with this access level. */
  public boolean may(RouteAccess access) {
    boolean permitted =
        access == RouteAccess.PUBLIC || role.filter(r -> r.permits(access)).isPresent();
    if (kind == Kind.LINK && access != RouteAccess.PUBLIC && access != RouteAccess.SHOWN) {
      return false;
    }
    // Keys and accounts that an anonymous caller creates would remain after access is restricted.
    return permitted && !(access == RouteAccess.CREDENTIALS && kind == Kind.OPEN);
  }

  /** Whether the caller was let in without authentication. */
  public boolean isFree() {
    return kind == Kind.LOCAL || kind == Kind.OPEN;
  }

  /** The one session that the caller may see; empty where it is not limited to one. */
  public Optional<SessionId> only() {
    return shown.map(ShownSession::session);
  }

  /** Whether the caller may see and change every session. */
  public boolean ownsAll() {
    return role.filter(r -> r == Role.ADMIN).isPresent();
  }

  /** Owner to record with new sessions; empty for anonymous callers. */
  public Optional<String> subject() {
    return switch (kind) {
      case ACCOUNT, PROXY -> Optional.of(Subject.account(id));
      case KEY -> Optional.of(Subject.key(id));
      case ANONYMOUS, LOCAL, OPEN, LINK -> Optional.empty();
    };
  }
}
