package framewise.vision.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.vision.Reasoning;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Asks a model to think more or less, in each wire's own way: OpenAI's {@code reasoning_effort},
 * Anthropic's {@code thinking}, Gemini's {@code thinkingConfig}. All of them count thoughts among
 * the output, so that the longest answer gets room for them. Where a model does not take one way to
 * say it, the next is tried.
 */
final class ReasoningForm {
  /** Before what stands for one way that is refused. */
  static final String STEP = RequestBody.REASONING + ":";

  private static final String EFFORT = "reasoning_effort";
  private static final String THINKING = "thinking";
  private static final String CONFIG = "thinkingConfig";
  private static final String BUDGET = "thinkingBudget";

  /** The smallest that Gemini 2.5 Pro takes, which always thinks. */
  private static final int SMALLEST_BUDGET = 128;

  /** These are told a level; they take a budget only for the sake of older clients. */
  private static final Pattern LEVELS = Pattern.compile("/gemini-(?:[3-9]|\\d{2})");

  private ReasoningForm() {}

  /**
   * Puts it into a request's body.
   *
   * @param address where the request goes
   */
  static void put(ObjectNode body, Reasoning reasoning, String address) {
    if (body.has("contents")) {
      gemini(body, reasoning, LEVELS.matcher(address).find());
    } else if (address.contains("/chat/completions")) {
      body.put(EFFORT, reasoning == Reasoning.OFF ? "none" : reasoning.wireName());
      Stream.of(RequestBody.MAX_TOKENS, RequestBody.MAX_COMPLETION_TOKENS)
          .forEach(name -> makeRoom(body, name, reasoning));
    } else {
      anthropic(body, reasoning);
    }
  }

  private static void gemini(ObjectNode body, Reasoning reasoning, boolean levels) {
    ObjectNode config = body.withObjectProperty("generationConfig");
    if (levels) {
      config
          .putObject(CONFIG)
          .put("thinkingLevel", reasoning == Reasoning.OFF ? "minimal" : reasoning.wireName());
    } else {
      config.putObject(CONFIG).put(BUDGET, reasoning.tokens());
    }
    makeRoom(config, "maxOutputTokens", reasoning);
  }

  private static void anthropic(ObjectNode body, Reasoning reasoning) {
    ObjectNode thinking = body.putObject(THINKING);
    if (reasoning == Reasoning.OFF) {
      thinking.put("type", "disabled");
    } else {
      thinking.put("type", "enabled").put("budget_tokens", reasoning.tokens());
      makeRoom(body, RequestBody.MAX_TOKENS, reasoning);
    }
  }

  private static void makeRoom(ObjectNode body, String name, Reasoning reasoning) {
    if (body.has(name)) {
      body.put(name, body.path(name).asInt() + reasoning.tokens());
    }
  }

  /** The way in which a body says it, where there is another to say it. */
  static Optional<String> step(ObjectNode body) {
    String effort = body.path(EFFORT).asText();
    if (effort.equals("none") || effort.equals("minimal")) {
      return Optional.of(STEP + effort);
    }
    if (body.at("/thinking/type").asText().equals("enabled")) {
      return Optional.of(STEP + "enabled");
    }
    JsonNode config = body.at("/generationConfig/thinkingConfig");
    boolean none = config.path(BUDGET).asInt(-1) == 0;
    boolean minimal = config.path("thinkingLevel").asText().equals("minimal");
    return none || minimal ? Optional.of(STEP + (none ? "0" : "minimal")) : Optional.empty();
  }

  /** Says it in a way that is not refused, if there is one. */
  static void replace(ObjectNode body, Set<String> refused) {
    Optional<String> step = step(body);
    while (step.isPresent() && refused.contains(step.get())) {
      next(body, step.get());
      step = step(body);
    }
  }

  private static void next(ObjectNode body, String refused) {
    if (body.has(EFFORT)) {
      body.put(EFFORT, refused.equals(STEP + "none") ? "minimal" : "low");
    } else if (body.has(THINKING)) {
      adaptive(body);
    } else {
      ObjectNode config = body.withObjectProperty("generationConfig");
      if (refused.equals(STEP + "0")) {
        config.putObject(CONFIG).put(BUDGET, SMALLEST_BUDGET);
      } else {
        config.putObject(CONFIG).put("thinkingLevel", "low");
      }
    }
  }

  /** Newer models of Anthropic choose for themselves, and are told how much effort to make. */
  private static void adaptive(ObjectNode body) {
    int budget = body.at("/thinking/budget_tokens").asInt();
    body.putObject(THINKING).put("type", "adaptive");
    String effort =
        Stream.of(Reasoning.LOW, Reasoning.MEDIUM)
            .filter(level -> budget <= level.tokens())
            .findFirst()
            .orElse(Reasoning.HIGH)
            .wireName();
    body.withObjectProperty("output_config").put("effort", effort);
  }

  /** What is done in the place of a refused way. */
  static String instead(String refused) {
    return switch (refused.substring(STEP.length())) {
      case "none" -> "none is sent as minimal";
      case "minimal" -> "minimal is sent as low";
      case "enabled" -> "sent as adaptive thinking with an effort";
      default -> "0 is sent as " + SMALLEST_BUDGET;
    };
  }
}
