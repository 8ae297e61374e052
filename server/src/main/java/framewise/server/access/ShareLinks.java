package framewise.server.access;

import framewise.engine.SessionId;
import framewise.engine.WallClock;
import framewise.engine.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Links that show one session to whoever has them. Safe for any number of threads. */
public final class ShareLinks {
  private static final int MOST_OF_SESSION = 100;
  private static final int ID_LENGTH = 12;

  private final Database database;
  private final TokenMakers makers;
  private final SessionTokens tokens;
  private final WallClock clock;

  ShareLinks(Database database, TokenMakers makers, SessionTokens tokens, WallClock clock) {
    this.database = database;
    this.makers = makers;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** A link, without what makes it one. */
  public record Link(String id, Instant createdAt, Instant expiresAt) {}

  /**
   * Makes a link; of a session's links the oldest give way.
   *
   * @return the token in it
   */
  public String make(SessionId session, Duration life, Caller by) {
    String id = RandomText.name(ID_LENGTH);
    Instant now = clock.now();
    Instant end = now.plus(life);
    database.write(
        handle -> {
          handle.execute(
              "INSERT INTO share_link (id, session_id, created_by, created_at, expires_at) VALUES"
                  + " (?, ?, ?, ?, ?)",
              id,
              session.toString(),
              by.subject().orElse(""),
              now.toEpochMilli(),
              end.toEpochMilli());
          handle.execute("DELETE FROM share_link WHERE expires_at < ?", now.toEpochMilli());
          handle.execute(
              """
              DELETE FROM share_link WHERE session_id = ? AND id NOT IN
                (SELECT id FROM share_link WHERE session_id = ? ORDER BY created_at DESC LIMIT ?)
              """,
              session.toString(),
              session.toString(),
              MOST_OF_SESSION);
        });
    return tokens.issue(shown(session, Optional.of(id), by, end));
  }

  /** A token that is no link: it is over soon, and ends with the rights of whoever made it. */
  public String token(SessionId session, Duration life, Caller by) {
    return tokens.issue(shown(session, Optional.empty(), by, clock.now().plus(life)));
  }

  /** The links of a session that are still good. */
  public List<Link> of(SessionId session) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM share_link WHERE session_id = :id AND expires_at > :now ORDER BY"
                        + " created_at DESC")
                .bind("id", session.toString())
                .bind("now", clock.now().toEpochMilli())
                .map(
                    (row, context) ->
                        new Link(
                            row.getString("id"),
                            Instant.ofEpochMilli(row.getLong("created_at")),
                            Instant.ofEpochMilli(row.getLong("expires_at"))))
                .list());
  }

  /** Takes a link back. */
  void revoke(SessionId session, String id) {
    database.write(
        handle ->
            handle.execute(
                "DELETE FROM share_link WHERE session_id = ? AND id = ?", session.toString(), id));
  }

  /** What a token shows, as long as it does. */
  Optional<ShownSession> read(String token) {
    return tokens.read(token).filter(this::isGood);
  }

  /** Whether a token is still good: not over, not taken back, and its maker may still show it. */
  boolean isGood(ShownSession shown) {
    return clock.now().isBefore(shown.until())
        && shown.link().stream().allMatch(this::exists)
        && makers.mayShow(shown);
  }

  private boolean exists(String link) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT EXISTS (SELECT 1 FROM share_link WHERE id = :id)")
                .bind("id", link)
                .mapTo(boolean.class)
                .one());
  }

  private ShownSession shown(SessionId session, Optional<String> link, Caller by, Instant until) {
    return new ShownSession(session, link, by.subject().orElse(""), makers.generation(by), until);
  }
}
