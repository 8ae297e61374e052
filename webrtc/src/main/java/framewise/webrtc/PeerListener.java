package framewise.webrtc;

/** Receives a connection's states in order, one call at a time, on a dedicated virtual thread. */
@FunctionalInterface
public interface PeerListener {
  /** Ignores all states. */
  PeerListener NONE = state -> {};

  /** Called with the connection's new state; may close the connection. */
  void stateChanged(ConnectionState state);
}
