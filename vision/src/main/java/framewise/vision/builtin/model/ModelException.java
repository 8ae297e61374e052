package framewise.vision.builtin.model;

/** A network that failed to load or run. The message is a sentence for users. */
public final class ModelException extends Exception {
  private final String sentence;

  public ModelException(String sentence, Throwable cause) {
    super(sentence, cause);
    this.sentence = sentence;
  }

  public ModelException(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  @Override
  public String getMessage() {
    return sentence;
  }
}
