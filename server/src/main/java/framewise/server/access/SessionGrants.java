package framewise.server.access;

import framewise.engine.SessionId;
import framewise.engine.WallClock;
import framewise.engine.store.Database;
import framewise.server.http.RouteAccess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * To whom sessions belong, and to whom they are shown. A session that belongs to nobody is one for
 * administrators. Safe for any number of threads.
 */
public final class SessionGrants {
  private final Database database;
  private final WallClock clock;

  SessionGrants(Database database, WallClock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * A page of the sessions that a caller sees.
   *
   * @param owned those of the page that belong to the caller
   * @param total how many there are on all pages
   */
  public record Page(List<SessionId> ids, Set<SessionId> owned, long total) {
    public Page {
      ids = List.copyOf(ids);
      owned = Set.copyOf(owned);
    }
  }

  /** A new session belongs to whoever made it. */
  public void made(SessionId session, Caller by) {
    by.subject().ifPresent(subject -> grant(session, subject, true));
  }

  /** Shows a session to an account. */
  void show(SessionId session, String subject) {
    grant(session, subject, false);
  }

  /** Takes that back. */
  void hide(SessionId session, String subject) {
    database.write(
        handle ->
            handle.execute(
                "DELETE FROM session_grant WHERE session_id = ? AND subject = ? AND owner = 0",
                session.toString(),
                subject));
  }

  /** To whom a session is shown, beside its owner. */
  List<String> viewers(SessionId session) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT subject FROM session_grant WHERE session_id = :id AND owner = 0 ORDER"
                        + " BY granted_at")
                .bind("id", session.toString())
                .mapTo(String.class)
                .list());
  }

  /** To whom it belongs. */
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

  /** Whether a session is theirs to change. */
  public boolean owns(Caller caller, SessionId session) {
    return caller.ownsAll()
        || (caller.subject().isPresent() && owner(session).equals(caller.subject()));
  }

  /** Whether they may start, change, stop, share and delete a session. */
  public boolean changes(Caller caller, SessionId session) {
    return caller.may(RouteAccess.OPERATOR) && owns(caller, session);
  }

  /** Whether they may look at a session. */
  public boolean sees(Caller caller, SessionId session) {
    if (caller.ownsAll() || caller.only().filter(session::equals).isPresent()) {
      return true;
    }
    return caller.subject().filter(own -> isShown(session, own, isPerson(caller))).isPresent();
  }

  /**
   * Whether a session belongs to a subject or is shown to it.
   *
   * @param person whether what is shown to everybody is shown to it, too
   */
  boolean isShown(SessionId session, String subject, boolean person) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT EXISTS (SELECT 1 FROM session_grant
                      WHERE session_id = :id AND subject IN (:own, :everybody))
                    """)
                .bind("id", session.toString())
                .bind("own", subject)
                .bind("everybody", person ? Subject.EVERYBODY : "")
                .mapTo(boolean.class)
                .one());
  }

  /** The sessions that somebody sees who does not see all, the newest first. */
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
                        (SELECT session_id FROM session_grant WHERE subject IN (:own, :everybody))
                      ORDER BY created_at DESC, id LIMIT :limit OFFSET :offset
                      """)
              .bind("own", own)
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
                          + " :everybody)")
                  .bind("own", own)
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

  private void grant(SessionId session, String subject, boolean owner) {
    database.write(
        handle ->
            handle.execute(
                """
                INSERT INTO session_grant (session_id, subject, owner, granted_at)
                VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING
                """,
                session.toString(),
                subject,
                owner,
                clock.now().toEpochMilli()));
  }
}
