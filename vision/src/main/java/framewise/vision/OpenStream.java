package framewise.vision;

import framewise.media.Frame;

/** A stream that a {@link StreamBackend} takes. Any thread may call. */
public interface OpenStream extends AutoCloseable {
  /**
   * Sends a picture now; pacing is the caller's. The frame stays the caller's. After the end it
   * goes nowhere.
   */
  void send(Frame frame);

  /**
   * Asks something else from the next inference on. Blocks until the far end has taken it.
   *
   * @throws StreamRefusedException when it has not
   */
  void updatePrompt(String prompt) throws StreamRefusedException;

  /** Ends the stream and frees what it holds; the listener is told nothing more. */
  @Override
  void close();
}
