package framewise.vision.chat;

import framewise.vision.FinishReason;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Why an answer ended, in a service's own word. OpenAI, Anthropic and Gemini have a list each, and
 * servers that speak OpenAI's API add words of their own, so that a word nobody knows is an
 * ordinary end there; Gemini's unknown ones are failures, as all but two of the known ones are.
 *
 * @param word as it was sent; empty where the answer has not ended
 */
record FinishWord(String word) {
  /** Gemini's ordinary ends; the last is what its clients print where nothing was sent. */
  private static final Set<String> GEMINI_FINISHED =
      Set.of("stop", "max_tokens", "finish_reason_unspecified");

  /** {@code model_length} is Mistral's, {@code model_context_window_exceeded} Anthropic's. */
  private static final Set<String> LENGTH =
      Set.of(
          "length",
          "max_tokens",
          "max_length",
          "max_output_tokens",
          "max_completion_tokens",
          "model_length",
          "model_context_window_exceeded",
          "token_limit",
          "incomplete");

  /** {@code sensitive} is Zhipu's, {@code guardrail_intervened} Bedrock's. */
  private static final Set<String> BLOCKED =
      Set.of(
          "content_filter",
          "content_filtered",
          "refusal",
          "sensitive",
          "moderation",
          "guardrail_intervened",
          "safety",
          "recitation",
          "blocklist",
          "prohibited_content",
          "spii",
          "language",
          "image_safety",
          "image_prohibited_content",
          "image_recitation");

  /** {@code insufficient_system_resource} is DeepSeek's, {@code abort} vLLM's and SGLang's. */
  private static final Set<String> BROKEN =
      Set.of(
          "error",
          "abort",
          "aborted",
          "cancelled",
          "canceled",
          "failed",
          "timeout",
          "network_error",
          "internal_error",
          "model_error",
          "insufficient_system_resource");

  /** Some servers write that there is none. */
  private static final Set<String> NONE = Set.of("", "null", "none");

  /** Whether the answer has ended. */
  boolean isSaid() {
    return !NONE.contains(key());
  }

  boolean isBlocked() {
    return BLOCKED.contains(key());
  }

  /** Whether it stands for a failure, in OpenAI's and Anthropic's form. */
  boolean isBroken() {
    return BROKEN.contains(key());
  }

  /** Whether it stands for a failure, in Gemini's form. */
  boolean isBrokenInGemini() {
    return isSaid() && !isBlocked() && !GEMINI_FINISHED.contains(key());
  }

  /** Empty where the answer has not ended. */
  Optional<FinishReason> reason() {
    if (!isSaid()) {
      return Optional.empty();
    }
    if (isBlocked()) {
      return Optional.of(FinishReason.CONTENT_FILTER);
    }
    return Optional.of(LENGTH.contains(key()) ? FinishReason.LENGTH : FinishReason.STOP);
  }

  private String key() {
    return word.strip().toLowerCase(Locale.ROOT);
  }
}
