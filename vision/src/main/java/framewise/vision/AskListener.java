package framewise.vision;

/** Hears what becomes of one question while it is asked. Called by the thread that asks. */
public interface AskListener {
  /** Nobody listens. */
  AskListener NONE = new AskListener() {};

  /**
   * This is about to be sent to a service: all of it so far, told anew with each request. A back
   * end that answers in this process tells nothing.
   */
  default void sending(SentRequest request) {}

  /** Whether somebody wants the answer while it is being written. Asked once, at the start. */
  default boolean wantsPartial() {
    return false;
  }

  /**
   * The answer so far. Told only where {@link #wantsPartial} and the service streams.
   *
   * @param text everything that was written until now
   */
  default void partial(String text) {}
}
