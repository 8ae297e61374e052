package framewise.server.whip;

import framewise.engine.SessionId;
import framewise.engine.session.Session;
import framewise.engine.source.ReturningSource;
import framewise.server.access.secret.KeyHash;
import framewise.server.http.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpStatus;

/** All open WHIP streams. Safe for any number of threads. */
final class WhipStreams {
  private final Map<SessionId, WhipStream> streams = new ConcurrentHashMap<>();

  /** Owners of all sessions, including ended ones; kept until the service stops. */
  private final Map<SessionId, KeyHash> owners = new ConcurrentHashMap<>();

  /**
   * Adds a stream, and removes ended ones, so that the maximum number of streams limits the memory.
   */
  void add(WhipStream stream) {
    streams.values().removeIf(old -> !old.isOpen());
    streams.put(stream.session().id(), stream);
    stream.owner().ifPresent(owner -> owners.put(stream.session().id(), owner));
  }

  /**
   * The stream of a session, for a reconnecting sender; empty where it is over.
   *
   * @throws framewise.server.http.ProblemException 403 when it belongs to another key
   */
  Optional<WhipStream> open(Session session, Optional<KeyHash> key) {
    Optional<KeyHash> owner = Optional.ofNullable(owners.get(session.id()));
    if (owner.isPresent() && key.filter(owner.get()::isSame).isEmpty()) {
      throw notOwner();
    }
    return Optional.ofNullable(streams.get(session.id())).filter(WhipStream::isOpen);
  }

  /** Adds the stream of a session whose video another node received, for its returning sender. */
  WhipStream adopt(Session session, ReturningSource source, Optional<KeyHash> key) {
    return streams.compute(
        session.id(),
        (id, known) ->
            known != null && known.isOpen() ? known : WhipStream.moved(session, source, key));
  }

  /**
   * The stream of a connection, by its sender's names.
   *
   * @throws framewise.server.http.ProblemException 404 when it does not exist, or belongs to
   *     another key
   */
  WhipStream named(String session, String resource, Optional<KeyHash> key) {
    return SessionId.parse(session)
        .flatMap(id -> Optional.ofNullable(streams.get(id)))
        .filter(stream -> stream.isOpen() && stream.resource().equals(resource))
        .filter(stream -> stream.belongsTo(key))
        .orElseThrow(
            () ->
                Problem.of(
                        HttpStatus.NOT_FOUND_404,
                        "not_found",
                        "There is no WHIP session at this address: it has ended, or its"
                            + " sender reconnected at another address.")
                    .asException());
  }

  static RuntimeException notOwner() {
    return Problem.of(
            HttpStatus.FORBIDDEN_403,
            "not_yours",
            "This session belongs to somebody else: use the API key or the account that"
                + " created it, or POST /whip to create your own session.")
        .asException();
  }

  static RuntimeException videoNotAccepted() {
    return Problem.of(
            HttpStatus.CONFLICT_409,
            "wrong_status",
            "This session does not accept video over WHIP, or no longer does: POST /whip"
                + " creates a new one.")
        .asException();
  }
}
