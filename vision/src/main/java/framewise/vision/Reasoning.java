package framewise.vision;

import java.util.Locale;
import java.util.Optional;

/** How much a model shall think before it answers, where its provider lets it be asked. */
public enum Reasoning {
  OFF(0),
  LOW(2_048),
  MEDIUM(8_192),
  HIGH(16_384);

  private final int tokens;

  Reasoning(int tokens) {
    this.tokens = tokens;
  }

  /** Empty where there is none of this name. */
  public static Optional<Reasoning> ofWireName(String name) {
    return switch (name) {
      case "off" -> Optional.of(OFF);
      case "low" -> Optional.of(LOW);
      case "medium" -> Optional.of(MEDIUM);
      case "high" -> Optional.of(HIGH);
      default -> Optional.empty();
    };
  }

  /** As the API spells it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * How many tokens the thoughts may take, beside those of the answer. Anthropic takes no fewer
   * than 1,024, and Gemini 2.5 Flash no more than 24,576.
   */
  public int tokens() {
    return tokens;
  }
}
