package framewise.server.access;

import framewise.engine.SessionId;
import framewise.engine.store.Database;
import framewise.server.access.secret.RandomText;
import framewise.server.access.secret.SessionTokens;
import framewise.server.access.secret.ShownSession;
import framewise.server.http.Problem;
import framewise.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpStatus;
import org.jdbi.v3.core.Handle;

/** Links that give their bearer access to one session. Safe for any number of threads. */
public final class ShareLinks {
  private static final int MAX_PER_SESSION = 100;
  private static final int ID_LENGTH = 12;

  private final Database database;
  private final TokenMakers makers;
  private final SessionTokens tokens;
  private final WallClock clock;

  /** Connected once there are endpoints; no link to a path is accepted before. */
  private volatile Predicate<String> endpoints = id -> false;

  ShareLinks(Database database, TokenMakers makers, SessionTokens tokens, WallClock clock) {
    this.database = database;
    this.makers = makers;
    this.tokens = tokens;
    this.clock = clock;
  }

  void connect(Predicate<String> exist) {
    endpoints = exist;
  }

  /** Link without its token. */
  public record Link(String id, Instant createdAt, Instant expiresAt) {}

  /**
   * Creates a link.
   *
   * @return the token in it
   * @throws framewise.server.http.ProblemException when the session has as many links as it may
   */
  public String make(SessionId session, Duration life, Caller by) {
    String id = RandomText.name(ID_LENGTH);
    Instant now = clock.now();
    Instant end = now.plus(life);
    database.write(
        handle -> {
          SessionGrants.requireExists(handle, session);
          handle.execute("DELETE FROM share_link WHERE expires_at < ?", now.toEpochMilli());
          requirePlace(handle, session);
          handle.execute(
              "INSERT INTO share_link (id, session_id, created_by, created_at, expires_at) VALUES"
                  + " (?, ?, ?, ?, ?)",
              id,
              session.toString(),
              by.subject().orElse(""),
              now.toEpochMilli(),
              end.toEpochMilli());
        });
    return tokens.issue(shown(session, Optional.of(id), by, end));
  }

  private static void requirePlace(Handle handle, SessionId session) {
    int links =
        handle
            .createQuery("SELECT count(*) FROM share_link WHERE session_id = ?")
            .bind(0, session.toString())
            .mapTo(Integer.class)
            .one();
    if (links >= MAX_PER_SESSION) {
      throw Problem.of(
              HttpStatus.CONFLICT_409,
              "too_many_links",
              "This session has %d links, which is the limit. Revoke one first."
                  .formatted(MAX_PER_SESSION))
          .asException();
    }
  }

  /** Creates a short-lived token, which is not a link and ends with the rights of its creator. */
  public String token(SessionId session, Duration life, Caller by) {
    return tokens.issue(shown(session, Optional.empty(), by, clock.now().plus(life)));
  }

  /** The valid links of a session. */
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

  /** Revokes a link. */
  void revoke(SessionId session, String id) {
    database.write(
        handle ->
            handle.execute(
                "DELETE FROM share_link WHERE session_id = ? AND id = ?", session.toString(), id));
  }

  /**
   * Creates a token that opens one path of a session, such as a picture in a message.
   *
   * @param by the subject that made it, with whose rights it ends; empty if it was made before the
   *     first account existed
   * @param endpoint the endpoint that receives the token; the token ends with it
   */
  String tokenOfPath(SessionId session, String path, Duration life, String by, String endpoint) {
    return tokens.issue(
        new ShownSession(
            session,
            Optional.empty(),
            by,
            makers.generation(by),
            clock.now().plus(life),
            Optional.of(new ShownSession.OnePath(path, endpoint)),
            OptionalLong.of(makers.ownedSince(session))));
  }

  /** Verifies a token of a whole session; empty when it is not valid any more. */
  Optional<ShownSession> read(String token) {
    return tokens.read(token).filter(shown -> shown.path().isEmpty()).filter(this::isGood);
  }

  /** Like {@link #read(String)}; tokens of this path are good as well. */
  Optional<ShownSession> read(String token, String path) {
    return tokens
        .read(token)
        .filter(shown -> shown.path().filter(one -> !one.path().equals(path)).isEmpty())
        .filter(this::isGood);
  }

  /**
   * Whether a token is still valid: not expired, not revoked, and its maker may still share the
   * session.
   */
  boolean isGood(ShownSession shown) {
    return clock.now().isBefore(shown.until())
        && shown.link().stream().allMatch(this::exists)
        && shown.path().stream().allMatch(one -> endpoints.test(one.endpoint()))
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
    return new ShownSession(
        session,
        link,
        by.subject().orElse(""),
        makers.generation(by),
        until,
        Optional.empty(),
        OptionalLong.of(makers.ownedSince(session)));
  }
}
