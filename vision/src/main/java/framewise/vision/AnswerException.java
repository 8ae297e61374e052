package framewise.vision;

/** There is no answer. The code is for programs, the message for people. */
public final class AnswerException extends Exception {
  private final String code;

  public AnswerException(String code, String message) {
    super(message);
    this.code = code;
  }

  public AnswerException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Such as {@code schema_unsupported}, {@code timeout}, {@code model_failed}. */
  public String code() {
    return code;
  }
}
