package framewise.server.v1beta;

/** One point in a stream, as a client names it. */
sealed interface Moment {
  /** The picture with a number of the stream's whole life; negative from the newest, -1 first. */
  record FrameIndex(long index) implements Moment {}

  /** Milliseconds since the stream's first picture. */
  record Timestamp(long millis) implements Moment {}

  /** Milliseconds: negative back from the newest picture, else on from the oldest that is kept. */
  record Offset(long millis) implements Moment {}
}
