package framewise.overshoot;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * A confidential text: an API key, a room token, a TURN password. It prints as {@code ***}; only
 * {@link #reveal()} and JSON for the wire contain the text. Immutable.
 */
public final class Secret {

  private static final String MASK = "***";

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /** Wraps a text; surrounding blanks, such as a copied line end, are removed. */
  @JsonCreator
  public static Secret of(String text) {
    return new Secret(Objects.requireNonNull(text, "text").strip());
  }

  /** The text itself. Call it only where it is sent. */
  @JsonValue
  public String reveal() {
    return text;
  }

  /** Whether the text is empty. */
  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** Whether the text is valid in an HTTP header: printable ASCII without blanks. */
  public boolean fitsInHeader() {
    return text.chars().allMatch(c -> c > ' ' && c < 127);
  }

  /**
   * Replaces every copy of this secret in another text by {@code ***}: services often quote the key
   * that they refuse.
   */
  public String maskIn(String other) {
    return text.isEmpty() ? other : other.replace(text, MASK);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return MASK;
  }
}
