package framewise.server.access;

import framewise.engine.SessionId;
import framewise.engine.WallClock;
import framewise.engine.store.Database;
import java.util.List;
import java.util.Optional;

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

  /** A page of the sessions that a caller sees, and how many there are. */
  public record Page(List<SessionId> ids, long total) {}

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

  /** Whether they may look at a session. */
  public boolean sees(Caller caller, SessionId session) {
    if (caller.ownsAll() || caller.only().filter(session::equals).isPresent()) {
      return true;
    }
    return caller.subject().isPresent()
        && database.read(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT EXISTS (SELECT 1 FROM session_grant
                          WHERE session_id = :id AND subject IN (:own, :everybody))
                        """)
                    .bind("id", session.toString())
                    .bind("own", caller.subject().get())
                    .bind("everybody", everybody(caller))
                    .mapTo(boolean.class)
                    .one());
  }

  /** The sessions that somebody sees who does not see all, the newest first. */
  public Page visible(Caller caller, int offset, int limit) {
    if (caller.only().isPresent()) {
      List<SessionId> one = caller.only().stream().skip(offset).toList();
      return new Page(one, 1);
    }
    String own = caller.subject().orElse("");
    return database.read(
        handle -> {
          List<SessionId> ids =
              handle
                  .createQuery(
                      """
                      SELECT id FROM session WHERE id IN
                        (SELECT session_id FROM session_grant WHERE subject IN (:own, :everybody))
                      ORDER BY created_at DESC, id LIMIT :limit OFFSET :offset
                      """)
                  .bind("own", own)
                  .bind("everybody", everybody(caller))
                  .bind("limit", limit)
                  .bind("offset", offset)
                  .mapTo(String.class)
                  .map(id -> SessionId.parse(id).orElseThrow())
                  .list();
          long total =
              handle
                  .createQuery(
                      "SELECT count(DISTINCT session_id) FROM session_grant WHERE subject IN (:own,"
                          + " :everybody)")
                  .bind("own", own)
                  .bind("everybody", everybody(caller))
                  .mapTo(Long.class)
                  .one();
          return new Page(ids, total);
        });
  }

  private static String everybody(Caller caller) {
    boolean person = caller.kind() == Caller.Kind.ACCOUNT || caller.kind() == Caller.Kind.PROXY;
    return person ? Subject.EVERYBODY : "";
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
