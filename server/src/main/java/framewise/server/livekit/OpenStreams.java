package framewise.server.livekit;

import framewise.engine.SessionId;
import framewise.engine.session.Session;
import java.util.Optional;

/** The streams of v1beta. */
@FunctionalInterface
public interface OpenStreams {
  /** The session of a stream; empty when there is none, or its lease has ended. */
  Optional<Session> find(SessionId stream);
}
