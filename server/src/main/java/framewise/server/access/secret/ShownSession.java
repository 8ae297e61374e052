package framewise.server.access.secret;

import framewise.engine.SessionId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Content of a signed token: access to one session, or to one path of it, until a moment.
 *
 * @param link id of a revocable link; empty for a short-lived token
 * @param by the subject that made it; empty for an anonymous one
 * @param generation of the maker's account; 0 for others
 * @param until when it expires
 * @param path the only path that it opens; empty for the whole session
 * @param ownedSince when the session got its owner, in milliseconds since 1970, and 0 if it had
 *     none as the token was made: a token ends with its session, even if a bundle brings the same
 *     id back; empty if the token does not depend on that
 */
public record ShownSession(
    SessionId session,
    Optional<String> link,
    String by,
    int generation,
    Instant until,
    Optional<OnePath> path,
    OptionalLong ownedSince) {
  /**
   * The only path that a token opens.
   *
   * @param endpoint the endpoint that received the token; the token ends with it
   */
  public record OnePath(String path, String endpoint) {}
}
