package framewise.media.network;

/** Not a URL that video can be read from. The message is a sentence and holds no secret. */
public final class BadUrlException extends IllegalArgumentException {
  BadUrlException(String sentence) {
    super(sentence);
  }
}
