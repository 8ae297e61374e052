package framewise.engine.source;

import framewise.media.Frame;
import java.time.Instant;
import java.util.Optional;

/**
 * What a run looks at, for those who look on: they take nothing away from it. Any thread may call,
 * for moments only.
 */
public interface Pictures {
  /**
   * One of them. Whoever has it closes it.
   *
   * @param number larger than that of every picture before it
   * @param at when it came, or was on show
   */
  record Seen(Frame frame, long number, Instant at) implements AutoCloseable {
    @Override
    public void close() {
      frame.close();
    }
  }

  /** The newest there is; empty before the first, and once they are over. */
  Optional<Seen> newest() throws InterruptedException;

  /** How the source of them stands; empty where they come out of a file, and once they are over. */
  default Optional<Reception> live() {
    return Optional.empty();
  }

  /** Whether no picture will come any more. */
  boolean isOver();
}
