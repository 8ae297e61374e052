package framewise.vision.chat.wire;

import framewise.vision.FinishReason;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Why an answer ended, in the service's own term. OpenAI, Anthropic and Gemini each have a list,
 * and servers with OpenAI's API add their own terms, so an unknown one counts as an ordinary end;
 * for Gemini, unknown ones count as failures, like all but two of the known ones.
 *
 * @param word the term as received; empty while the answer continues
 */
record FinishWord(String word) {
  /** Gemini's ordinary ends; the last is what its clients print for a missing value. */
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

  /** Values that some servers send for "not ended". */
  private static final Set<String> NONE = Set.of("", "null", "none");

  /** Whether the answer has ended. */
  boolean isSaid() {
    return !NONE.contains(key());
  }

  boolean isBlocked() {
    return BLOCKED.contains(key());
  }

  /** Whether it means a failure, for OpenAI and Anthropic. */
  boolean isBroken() {
    return BROKEN.contains(key());
  }

  /** Whether it means a failure, for Gemini. */
  boolean isBrokenInGemini() {
    return isSaid() && !isBlocked() && !GEMINI_FINISHED.contains(key());
  }

  /** The reason; empty while the answer continues. */
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
