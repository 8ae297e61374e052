package framewise.vision;

import framewise.media.picture.Frame;

/** A stream accepted by a {@link StreamBackend}. Any thread may call it. */
public interface OpenStream extends AutoCloseable {
  /**
   * Sends a picture now; the caller sets the pace and still owns the frame. Does nothing after the
   * end.
   */
  void send(Frame frame);

  /**
   * Changes the prompt from the next inference on. Blocks until the service accepts it.
   *
   * @throws StreamRefusedException when the service refuses it
   */
  void updatePrompt(String prompt) throws StreamRefusedException;

  /** Ends the stream and frees its resources; the listener is not called again. */
  @Override
  void close();
}
