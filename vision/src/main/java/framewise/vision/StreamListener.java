package framewise.vision;

/** Receives a stream's events, one call at a time. May block, must not throw. */
public interface StreamListener {
  /** The service answered, or reported why it could not. */
  void answered(StreamAnswer answer);

  /** Reports something of interest to viewers, such as a restored connection. */
  void noticed(String sentence);

  /**
   * Pictures were not sent, because newer ones replaced them.
   *
   * @param pictures number since the last call
   */
  void dropped(long pictures);

  /** The stream ended, other than by a local close. The last call. */
  void ended(StreamEnd end);
}
