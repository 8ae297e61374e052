package framewise.vision;

/** Why an answer ended. */
public enum FinishReason {
  STOP("stop"),
  LENGTH("length"),
  /** The model calls tools instead of answering. */
  TOOL_CALLS("tool_calls"),
  CONTENT_FILTER("content_filter");

  private final String wireName;

  FinishReason(String wireName) {
    this.wireName = wireName;
  }

  /** The name in the API. */
  public String wireName() {
    return wireName;
  }
}
