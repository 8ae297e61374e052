package framewise.engine.source;

import framewise.media.picture.Frame;
import java.time.Instant;
import java.util.Optional;

/**
 * Pictures of a run for viewers. A viewer's reading never costs the run a picture. Any thread may
 * call; calls are short.
 */
public interface Pictures {
  /**
   * One picture. The caller that gets it closes it.
   *
   * @param number larger than that of every earlier picture
   * @param at when it arrived or, for a file, was on show
   */
  record NumberedPicture(Frame frame, long number, Instant at) implements AutoCloseable {
    @Override
    public void close() {
      frame.close();
    }
  }

  /** The newest picture; empty before the first, and once they are over. */
  Optional<NumberedPicture> newest() throws InterruptedException;

  /** Connection state of their source; empty for a file, and once they are over. */
  default Optional<Reception> live() {
    return Optional.empty();
  }

  /** Whether no more pictures will follow. */
  boolean isOver();
}
