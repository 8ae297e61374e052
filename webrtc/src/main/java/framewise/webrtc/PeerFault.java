package framewise.webrtc;

/** The peer connection did not do what it should have done, through no fault of the far end. */
public final class PeerFault extends RuntimeException {
  public PeerFault(String message) {
    super(message);
  }

  public PeerFault(String message, Throwable cause) {
    super(message, cause);
  }
}
