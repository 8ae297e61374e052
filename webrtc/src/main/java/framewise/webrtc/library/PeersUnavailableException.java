package framewise.webrtc.library;

/**
 * Thrown when this machine cannot make peer connections; the message is {@link
 * LibraryReadiness#reason}.
 */
public final class PeersUnavailableException extends RuntimeException {
  public PeersUnavailableException(String reason) {
    super(reason);
  }
}
