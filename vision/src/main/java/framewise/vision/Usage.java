package framewise.vision;

/**
 * Tokens of an answer, or a sum of such, as counted by the service. Numbers saturate at {@link
 * #MAX_TOKENS}, so that no sum overflows.
 *
 * @param inputTokens tokens of the request, including pictures
 * @param outputTokens tokens of the answer
 */
public record Usage(long inputTokens, long outputTokens) {
  /** Far more than any service counts, and a whole number to every reader of JSON. */
  public static final long MAX_TOKENS = 1_000_000_000_000_000L;

  public static final Usage NONE = new Usage(0, 0);

  public Usage {
    inputTokens = Math.clamp(inputTokens, 0, MAX_TOKENS);
    outputTokens = Math.clamp(outputTokens, 0, MAX_TOKENS);
  }

  public Usage plus(Usage other) {
    return new Usage(inputTokens + other.inputTokens, outputTokens + other.outputTokens);
  }
}
