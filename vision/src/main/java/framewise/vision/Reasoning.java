package framewise.vision;

import java.util.Locale;
import java.util.Optional;

/** How much a model reasons before it answers, if its provider allows a choice. */
public enum Reasoning {
  OFF(0),
  LOW(2_048),
  MEDIUM(8_192),
  HIGH(16_384);

  private final int tokens;

  Reasoning(int tokens) {
    this.tokens = tokens;
  }

  /** Finds a value by its name in the API; empty for an unknown name. */
  public static Optional<Reasoning> ofWireName(String name) {
    return switch (name) {
      case "off" -> Optional.of(OFF);
      case "low" -> Optional.of(LOW);
      case "medium" -> Optional.of(MEDIUM);
      case "high" -> Optional.of(HIGH);
      default -> Optional.empty();
    };
  }

  /** The name in the API. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Tokens allowed for reasoning, in addition to the answer's. Anthropic accepts no fewer than
   * 1,024, and Gemini 2.5 Flash no more than 24,576.
   */
  public int tokens() {
    return tokens;
  }
}
