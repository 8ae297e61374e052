package framewise.vision.builtin.model;

/** A network could not be loaded or did not run. The message is a sentence for a person. */
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
