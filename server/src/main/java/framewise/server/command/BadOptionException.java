package framewise.server.command;

/** An option's value is not allowed. The message is a sentence for a person. */
final class BadOptionException extends RuntimeException {
  BadOptionException(String message) {
    super(message);
  }
}
