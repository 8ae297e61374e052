package framewise.vision;

/**
 * Tokens of an answer, as counted by the service.
 *
 * @param inputTokens tokens of the request, including pictures
 * @param outputTokens tokens of the answer
 */
public record Usage(long inputTokens, long outputTokens) {
  public static final Usage NONE = new Usage(0, 0);

  public Usage plus(Usage other) {
    return new Usage(inputTokens + other.inputTokens, outputTokens + other.outputTokens);
  }
}
