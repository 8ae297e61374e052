package framewise.webrtc;

/** Hears of a connection's states, in order, one call at a time, on a virtual thread of its own. */
@FunctionalInterface
public interface PeerListener {
  /** Hears nothing. */
  PeerListener NONE = state -> {};

  /** The connection is in this state now; closing it from within the call is allowed. */
  void stateChanged(ConnectionState state);
}
