package framewise.media.network;

/** A URL that video cannot be read from. The message is a sentence without secrets. */
public final class BadUrlException extends IllegalArgumentException {
  BadUrlException(String sentence) {
    super(sentence);
  }
}
