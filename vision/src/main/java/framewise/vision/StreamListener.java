package framewise.vision;

/** Hears what becomes of a stream, one call after the other. It may block, and must not throw. */
public interface StreamListener {
  /** The far end answered, or said why it could not. */
  void answered(StreamAnswer answer);

  /** Something a person who watches should know, such as a connection that came back. */
  void noticed(String sentence);

  /** The stream is over, not because it was closed here. Nothing comes after it. */
  void ended(StreamEnd end);
}
