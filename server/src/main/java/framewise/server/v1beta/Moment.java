package framewise.server.v1beta;

/** A moment in a stream, as a client specifies it. */
sealed interface Moment {
  /**
   * Number of a picture since the session's first one; negative numbers count from the newest,
   * which is -1.
   */
  record FrameIndex(long index) implements Moment {}

  /** Milliseconds since the stream's first picture. */
  record Timestamp(long millis) implements Moment {}

  /**
   * Milliseconds relative to the newest picture where negative, otherwise to the oldest kept one.
   */
  record Offset(long millis) implements Moment {}
}
