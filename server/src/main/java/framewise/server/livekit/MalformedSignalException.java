package framewise.server.livekit;

/** Thrown for a client's message that is not a LiveKit signal, or that exceeds a limit. */
final class MalformedSignalException extends Exception {
  /**
   * @param message a sentence for the client, which quotes nothing of its message
   */
  MalformedSignalException(String message) {
    super(message);
  }
}
