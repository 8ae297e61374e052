package framewise.server.v1beta;

/** A moment in a stream, as a client specifies it. */
sealed interface StreamMoment {
  /**
   * Number of a picture since the session's first one; negative numbers count from the newest,
   * which is -1.
   */
  record FrameIndex(long index) implements StreamMoment {}

  /** Milliseconds since the stream's first picture. */
  record Timestamp(long millis) implements StreamMoment {}

  /**
   * Milliseconds relative to the newest picture where negative, otherwise to the oldest kept one.
   */
  record Offset(long millis) implements StreamMoment {}
}
