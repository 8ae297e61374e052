package framewise.vision.schema;

/** A schema that nothing can be checked against. The message is the end of a sentence for users. */
public final class BadSchemaException extends Exception {
  private static final long serialVersionUID = 1L;

  BadSchemaException(String message) {
    super(message);
  }
}
