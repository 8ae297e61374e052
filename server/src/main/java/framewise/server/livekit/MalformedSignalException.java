package framewise.server.livekit;

/** A message of a client that is not a signal of LiveKit's, or exceeds a limit. */
final class MalformedSignalException extends Exception {
  /**
   * @param message a sentence for the client, without its own text
   */
  MalformedSignalException(String message) {
    super(message);
  }
}
