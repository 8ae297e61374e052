package framewise.media.memory;

/**
 * A reservation that does not fit the memory budget. The message is a sentence for users: how much
 * is needed, how much is used, what to do.
 */
public final class MemoryExhaustedException extends RuntimeException {
  private static final double MB = 1 << 20;

  /**
   * @param purpose what needs the memory, as the subject of a sentence
   * @param needed bytes
   * @param used bytes that others hold
   * @param limit the budget in bytes
   */
  MemoryExhaustedException(String purpose, long needed, long used, long limit) {
    super(sentence(purpose, needed, used, limit));
  }

  /** The message. */
  public String sentence() {
    return String.valueOf(getMessage());
  }

  private static String sentence(String purpose, long needed, long used, long limit) {
    if (needed > limit) {
      return "%s needs %.0f MB of memory, more than the budget of %.0f MB. Use smaller pictures, or raise FRAMEWISE_MEMORY."
          .formatted(purpose, needed / MB, limit / MB);
    }
    return "%s needs %.0f MB of memory, and %.0f MB of the budget of %.0f MB are in use. Stop another session, use smaller pictures, or raise FRAMEWISE_MEMORY."
        .formatted(purpose, needed / MB, used / MB, limit / MB);
  }
}
