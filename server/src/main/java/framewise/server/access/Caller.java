package framewise.server.access;

import framewise.engine.SessionId;
import framewise.server.http.RouteAccess;
import io.javalin.http.Context;
import io.javalin.websocket.WsContext;
import java.util.Optional;

/**
 * Who sends a request.
 *
 * @param id of the account or key; empty for those who have none
 * @param name for people
 * @param role empty for those who may nothing but what is public
 * @param address they come from
 * @param signIn of a browser in which an account is signed in
 * @param shown the one session that a token shows; empty for whoever has no token
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

  /** How somebody has proven who they are. */
  public enum Kind {
    /** Not at all. */
    ANONYMOUS,
    /** They are on this machine, and there is no account yet. */
    LOCAL,
    /** Not at all, and nobody has to. */
    OPEN,
    /** By a password. */
    ACCOUNT,
    /** By an API key. */
    KEY,
    /** A proxy did. */
    PROXY,
    /** By a link to one session. */
    LINK;

    public String wireName() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  static Caller of(Kind kind, Optional<Role> role, String address) {
    return new Caller(kind, "", kind.wireName(), role, address, Optional.empty(), Optional.empty());
  }

  /** Whoever sends this request. */
  public static Caller of(Context context) {
    return Optional.<Caller>ofNullable(context.attribute(ATTRIBUTE))
        .orElseGet(() -> of(Kind.ANONYMOUS, Optional.empty(), ""));
  }

  /** Whoever opened this socket. */
  public static Caller of(WsContext socket) {
    return Optional.<Caller>ofNullable(socket.attribute(ATTRIBUTE))
        .orElseGet(() -> of(Kind.ANONYMOUS, Optional.empty(), ""));
  }

  void attach(Context context) {
    context.attribute(ATTRIBUTE, this);
  }

  /** Whether a route that needs this is open to them. */
  public boolean may(RouteAccess access) {
    boolean permitted =
        access == RouteAccess.PUBLIC || role.filter(r -> r.permits(access)).isPresent();
    // Keys and accounts that somebody unknown made would outlive the day on which access is closed.
    return permitted && !(access == RouteAccess.CREDENTIALS && kind == Kind.OPEN);
  }

  /** Whether nobody asked them who they are. */
  public boolean isFree() {
    return kind == Kind.LOCAL || kind == Kind.OPEN;
  }

  /** The one session that they see; empty where there is no such bound. */
  public Optional<SessionId> only() {
    return shown.map(ShownSession::session);
  }

  /** Whether every session is theirs to see and to change. */
  public boolean ownsAll() {
    return role.filter(r -> r == Role.ADMIN).isPresent();
  }

  /** What sessions note down as their owner; empty for those who are nobody in particular. */
  public Optional<String> subject() {
    return switch (kind) {
      case ACCOUNT, PROXY -> Optional.of(Subject.account(id));
      case KEY -> Optional.of(Subject.key(id));
      case ANONYMOUS, LOCAL, OPEN, LINK -> Optional.empty();
    };
  }
}
