package framewise.server.command;

/** Thrown for an option with an invalid value. The message is a sentence for a person. */
final class BadOptionException extends RuntimeException {
  BadOptionException(String message) {
    super(message);
  }
}
