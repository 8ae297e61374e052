package framewise.vision;

import framewise.media.Sampling;

/**
 * A back end that receives the whole stream: its service samples the pictures and answers at its
 * own pace.
 */
public interface StreamBackend extends Backend {
  /**
   * Opens a stream. Blocks until the service accepts it; then pictures may be sent at once.
   *
   * @param question the question about every clip, until it is changed
   * @param sampling how the service samples; {@code fps} is the rate of the pictures sent
   * @param listener receives the answers and the end
   * @throws StreamRefusedException when there is no stream, with the reason
   * @throws InterruptedException when the session stopped meanwhile
   */
  OpenStream open(Question question, Sampling sampling, StreamListener listener)
      throws StreamRefusedException, InterruptedException;
}
