package framewise.webrtc;

/** A failure of the local peer connection, not caused by the remote peer. */
public final class PeerFault extends RuntimeException {
  public PeerFault(String message) {
    super(message);
  }

  public PeerFault(String message, Throwable cause) {
    super(message, cause);
  }
}
