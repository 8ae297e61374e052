package framewise.overshoot;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * A text that must not be shown: an API key, a room token, a TURN password. It prints as {@code
 * ***}; only {@link #reveal()} and JSON on its way to the wire carry the text. Immutable.
 */
public final class Secret {

  private static final String MASK = "***";

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /** Hides this text; blanks around it (a copied line end, say) are cut off. */
  @JsonCreator
  public static Secret of(String text) {
    return new Secret(Objects.requireNonNull(text, "text").strip());
  }

  /** The text itself. Call it where it leaves for the wire, nowhere else. */
  @JsonValue
  public String reveal() {
    return text;
  }

  /** Whether there is nothing to hide. */
  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** Whether the text may stand in an HTTP header: printable ASCII without blanks. */
  public boolean fitsInHeader() {
    return text.chars().allMatch(c -> c > ' ' && c < 127);
  }

  /**
   * Another text with every copy of this secret replaced by {@code ***}: services like to repeat
   * the key they refuse.
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
