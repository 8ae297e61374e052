package framewise.server.access.secret;

import framewise.engine.SessionId;
import java.time.Instant;
import java.util.Optional;

/**
 * Content of a signed token: access to one session, or to one path of it, until a moment.
 *
 * @param link id of a revocable link; empty for a short-lived token
 * @param by the subject that made it; empty for an anonymous one
 * @param generation of the maker's account; 0 for others
 * @param until when it expires
 * @param path the only path that it opens; empty for the whole session
 */
public record ShownSession(
    SessionId session,
    Optional<String> link,
    String by,
    int generation,
    Instant until,
    Optional<OnePath> path) {
  /**
   * The only path that a token opens.
   *
   * @param endpoint the endpoint that received the token; the token ends with it
   */
  public record OnePath(String path, String endpoint) {}
}
