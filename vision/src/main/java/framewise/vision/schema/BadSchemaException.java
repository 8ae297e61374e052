package framewise.vision.schema;

/** Nothing can be checked against the schema. The message is a sentence's end for people. */
public final class BadSchemaException extends Exception {
  private static final long serialVersionUID = 1L;

  BadSchemaException(String message) {
    super(message);
  }
}
