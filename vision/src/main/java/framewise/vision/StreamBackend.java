package framewise.vision;

import framewise.media.Sampling;

/**
 * A back end that is given the stream itself and answers when it likes: it samples the pictures and
 * asks its model far from here.
 */
public interface StreamBackend extends Backend {
  /**
   * Opens a stream. Blocks until the far end has agreed to take it; pictures may be sent at once.
   *
   * @param question what is asked of every clip, until it is changed
   * @param sampling how the far end shall sample what it is sent; {@code fps} is the rate at which
   *     pictures will be sent
   * @param listener hears the answers and the end
   * @throws StreamRefusedException when there is no stream, with the reason
   * @throws InterruptedException when the session stopped meanwhile
   */
  OpenStream open(Question question, Sampling sampling, StreamListener listener)
      throws StreamRefusedException, InterruptedException;
}
