package framewise.vision;

/**
 * What an answer took, as the service counts it.
 *
 * @param inputTokens the request's, pictures included
 * @param outputTokens the answer's
 */
public record Usage(long inputTokens, long outputTokens) {
  public static final Usage NONE = new Usage(0, 0);

  public Usage plus(Usage other) {
    return new Usage(inputTokens + other.inputTokens, outputTokens + other.outputTokens);
  }
}
