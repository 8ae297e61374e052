package framewise.server.access;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.SessionId;
import framewise.engine.store.Database;
import framewise.engine.store.Dialect;
import framewise.server.http.RouteAccess;
import framewise.time.WallClock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Owners of sessions, and the accounts they are shared with. A session without an owner belongs to
 * the administrators. Safe for any number of threads.
 */
public final class SessionGrants {
  /** A grant through a link ends with the link; a revoked link has no row any more. */
  private static final String VALID_GRANTS =
      "(link IS NULL OR link IN (SELECT id FROM share_link WHERE expires_at > :now))";

  private final Database database;
  private final WallClock clock;

  SessionGrants(Database database, WallClock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Page of the sessions that a caller may see.
   *
   * @param owned sessions of the page that the caller owns
   * @param total number on all pages
   */
  public record Page(List<SessionId> ids, Set<SessionId> owned, long total) {
    public Page {
      ids = List.copyOf(ids);
      owned = Set.copyOf(owned);
    }
  }

  /** Makes the creator the owner of a new session. */
  public void made(SessionId session, Caller by) {
    by.subject().ifPresent(subject -> grant(session, subject, true, Optional.empty()));
  }

  /** Shares a session with an account. */
  void show(SessionId session, String subject) {
    grant(session, subject, false, Optional.empty());
  }

  /** Shares a session with an account as long as a link is valid. */
  void showByLink(SessionId session, String subject, String link) {
    grant(session, subject, false, Optional.of(link));
  }

  /** Ends a share, and revokes the links that the account made through it. */
  void hide(SessionId session, String subject) {
    database.write(
        handle -> {
          handle.execute(
              "DELETE FROM session_grant WHERE session_id = ? AND subject = ? AND owner = 0",
              session.toString(),
              subject);
          handle.execute(
              "DELETE FROM share_link WHERE session_id = ? AND created_by = ?",
              session.toString(),
              subject);
        });
  }

  /** Subjects with whom the session is shared, without its owner. */
  List<String> viewers(SessionId session) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT subject FROM session_grant WHERE session_id = :id AND owner = 0 AND "
                        + VALID_GRANTS
                        + " ORDER BY granted_at")
                .bind("id", session.toString())
                .bind("now", now())
                .mapTo(String.class)
                .list());
  }

  /** The session's owner. */
  public Optional<String> owner(SessionId session) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT subject FROM session_grant WHERE session_id = :id AND owner = 1")
                .bind("id", session.toString())
                .mapTo(String.class)
                .findFirst());
  }

  /** When the session got its owner, in milliseconds since 1970; 0 without one. */
  long ownedSince(SessionId session) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT granted_at FROM session_grant WHERE session_id = :id AND owner = 1")
                .bind("id", session.toString())
                .mapTo(long.class)
                .findFirst()
                .orElse(0L));
  }

  /** How many of these sessions a subject owns. */
  int countOwned(String subject, List<SessionId> sessions) {
    if (sessions.isEmpty()) {
      return 0;
    }
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT count(*) FROM session_grant
                    WHERE subject = :subject AND owner = 1 AND session_id IN (<sessions>)
                    """)
                .bind("subject", subject)
                .bindList("sessions", sessions.stream().map(SessionId::toString).toList())
                .mapTo(int.class)
                .one());
  }

  /** Whether the caller owns a session. */
  public boolean owns(Caller caller, SessionId session) {
    return caller.ownsAll()
        || (caller.subject().isPresent() && owner(session).equals(caller.subject()));
  }

  /** Whether the caller may start, change, stop, share and delete a session. */
  public boolean changes(Caller caller, SessionId session) {
    return caller.may(RouteAccess.OPERATOR) && owns(caller, session);
  }

  /** Whether the caller may see a session. */
  public boolean sees(Caller caller, SessionId session) {
    if (caller.ownsAll() || caller.only().filter(session::equals).isPresent()) {
      return true;
    }
    return caller.subject().filter(own -> isShown(session, own, isPerson(caller))).isPresent();
  }

  /**
   * Whether a subject owns a session or has a share of it.
   *
   * @param person whether shares with everyone apply to it
   */
  boolean isShown(SessionId session, String subject, boolean person) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT EXISTS (SELECT 1 FROM session_grant
                      WHERE session_id = :id AND subject IN (:own, :everybody) AND %s)
                    """
                        .formatted(VALID_GRANTS))
                .bind("id", session.toString())
                .bind("now", now())
                .bind("own", subject)
                .bind("everybody", person ? Subject.EVERYBODY : "")
                .mapTo(boolean.class)
                .one());
  }

  /**
   * The sessions whose answers a caller may search, so that not even the number of others is
   * revealed; empty for all.
   */
  public Optional<Set<SessionId>> searchable(Caller caller) {
    return caller.ownsAll()
        ? Optional.empty()
        : Optional.of(Set.copyOf(visible(caller, 0, Integer.MAX_VALUE).ids()));
  }

  /** Lists the sessions of a caller who does not see all, the newest first. */
  public Page visible(Caller caller, int offset, int limit) {
    if (caller.only().isPresent()) {
      List<SessionId> one = caller.only().stream().skip(offset).toList();
      return new Page(one, Set.of(), 1);
    }
    String own = caller.subject().orElse("");
    return database.read(
        handle -> {
          Map<SessionId, Boolean> ids = new LinkedHashMap<>();
          handle
              .createQuery(
                  """
                  SELECT id, EXISTS (SELECT 1 FROM session_grant
                    WHERE session_id = id AND subject = :own AND owner = 1) AS owned
                  FROM session WHERE id IN
                    (SELECT session_id FROM session_grant
                      WHERE subject IN (:own, :everybody) AND %s)
                  ORDER BY created_at DESC, id LIMIT :limit OFFSET :offset
                  """
                      .formatted(VALID_GRANTS))
              .bind("own", own)
              .bind("now", now())
              .bind("everybody", everybody(caller))
              .bind("limit", limit)
              .bind("offset", offset)
              .map(
                  (row, context) ->
                      Map.entry(
                          SessionId.parse(row.getString("id")).orElseThrow(),
                          row.getBoolean("owned")))
              .forEach(one -> ids.put(one.getKey(), one.getValue()));
          long total =
              handle
                  .createQuery(
                      "SELECT count(DISTINCT session_id) FROM session_grant WHERE subject IN (:own,"
                          + " :everybody) AND "
                          + VALID_GRANTS)
                  .bind("own", own)
                  .bind("now", now())
                  .bind("everybody", everybody(caller))
                  .mapTo(Long.class)
                  .one();
          Set<SessionId> owned = ids.keySet().stream().filter(ids::get).collect(Collectors.toSet());
          return new Page(List.copyOf(ids.keySet()), owned, total);
        });
  }

  private static String everybody(Caller caller) {
    return isPerson(caller) ? Subject.EVERYBODY : "";
  }

  private static boolean isPerson(Caller caller) {
    return caller.kind() == Caller.Kind.ACCOUNT || caller.kind() == Caller.Kind.PROXY;
  }

  /** Opening a link never shortens an account's ownership or permanent share. */
  private void grant(SessionId session, String subject, boolean owner, Optional<String> link) {
    database.write(
        handle -> {
          requireExists(handle, session);
          handle.execute(
              """
              INSERT INTO session_grant (session_id, subject, owner, granted_at, link)
              VALUES (?, ?, ?, ?, ?)
              ON CONFLICT (session_id, subject) DO UPDATE SET link = excluded.link
                WHERE session_grant.link IS NOT NULL
              """,
              session.toString(),
              subject,
              owner,
              now(),
              link.orElse(null));
        });
  }

  /**
   * Requires that a session exists, for the rest of a transaction.
   *
   * @throws framewise.engine.RefusedException when it was deleted meanwhile
   */
  static void requireExists(Handle handle, SessionId session) {
    if (!Dialect.of(handle).holdsSession(handle, session.toString())) {
      throw Refusal.of(Code.SESSION_NOT_FOUND, "There is no session %s.".formatted(session))
          .asException();
    }
  }

  private long now() {
    return clock.now().toEpochMilli();
  }
}
