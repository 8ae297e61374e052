package framewise.server.whip;

import framewise.engine.SessionId;
import framewise.engine.session.Session;
import framewise.server.access.KeyHash;
import framewise.server.http.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpStatus;

/** The streams that come over WHIP, as long as they do. Safe for any number of threads. */
final class WhipStreams {
  private final Map<SessionId, WhipStream> streams = new ConcurrentHashMap<>();

  /** Keeps a new one, and forgets those that are over: no more are kept than may stream. */
  void add(WhipStream stream) {
    streams.values().removeIf(old -> !old.isOpen());
    streams.put(stream.session().id(), stream);
  }

  /**
   * The stream of a session, to send to again.
   *
   * @throws framewise.server.http.ProblemException 409 when the session takes no video, 403 when it
   *     belongs to another key
   */
  WhipStream open(Session session, Optional<KeyHash> key) {
    WhipStream stream = streams.get(session.id());
    if (stream == null || !stream.isOpen()) {
      throw over();
    }
    if (!stream.belongsTo(key)) {
      throw Problem.of(
              HttpStatus.FORBIDDEN_403,
              "not_yours",
              "This session was made with another API key: use that one, or POST /whip to make a"
                  + " session of your own.")
          .asException();
    }
    return stream;
  }

  /**
   * The stream of a connection that its sender names.
   *
   * @throws framewise.server.http.ProblemException 404 when there is none of that name, or it
   *     belongs to another key
   */
  WhipStream named(String session, String resource, Optional<KeyHash> key) {
    return SessionId.parse(session)
        .flatMap(id -> Optional.ofNullable(streams.get(id)))
        .filter(stream -> stream.resource().equals(resource) && stream.belongsTo(key))
        .orElseThrow(
            () ->
                Problem.of(
                        HttpStatus.NOT_FOUND_404,
                        "not_found",
                        "There is no WHIP session at this address: it never was, has ended, or its"
                            + " sender has come back under another address.")
                    .asException());
  }

  void remove(WhipStream stream) {
    streams.remove(stream.session().id(), stream);
  }

  static RuntimeException over() {
    return Problem.of(
            HttpStatus.CONFLICT_409,
            "wrong_status",
            "This session takes no video over WHIP, or not any more: POST /whip makes a new one.")
        .asException();
  }
}
