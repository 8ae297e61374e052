package framewise.vision.chat.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.vision.Reasoning;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Sets how much a model reasons, in each wire format: OpenAI's {@code reasoning_effort},
 * Anthropic's {@code thinking}, Gemini's {@code thinkingConfig}. All of them count thoughts as
 * output, so the output limit is raised to fit them. If a model refuses one form, the next is
 * tried.
 */
final class ReasoningForm {
  /** Prefix of the name of a refused form. */
  static final String STEP = RequestBody.REASONING + ":";

  private static final String EFFORT = "reasoning_effort";
  private static final String THINKING = "thinking";
  private static final String CONFIG = "thinkingConfig";
  private static final String BUDGET = "thinkingBudget";

  /** The smallest budget of Gemini 2.5 Pro, which always reasons. */
  private static final int MIN_BUDGET = 128;

  /** Models that expect a level; they accept a budget only for older clients. */
  private static final Pattern LEVELS = Pattern.compile("/gemini-(?:[3-9]|\\d{2})");

  private ReasoningForm() {}

  /**
   * Adds the setting to a request's body.
   *
   * @param address the request's address
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

  /** The form in a body, if there is an alternative. */
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

  /** Switches to a form that is not refused, if there is one. */
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
        config.putObject(CONFIG).put(BUDGET, MIN_BUDGET);
      } else {
        config.putObject(CONFIG).put("thinkingLevel", "low");
      }
    }
  }

  /** Newer Anthropic models choose the amount themselves and take an effort level. */
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

  /** The replacement of a refused form. */
  static String instead(String refused) {
    return switch (refused.substring(STEP.length())) {
      case "none" -> "none is sent as minimal";
      case "minimal" -> "minimal is sent as low";
      case "enabled" -> "sent as adaptive thinking with an effort";
      default -> "0 is sent as " + MIN_BUDGET;
    };
  }
}
