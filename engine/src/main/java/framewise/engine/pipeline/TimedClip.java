package framewise.engine.pipeline;

import framewise.media.Clip;
import java.time.Duration;

/**
 * A clip on its way to the back end. Whoever holds it last closes it.
 *
 * @param shownNanos when its newest frame was on show, by {@link framewise.engine.WallClock#nanos}
 * @param decode how long it took to read
 */
record TimedClip(Clip clip, long shownNanos, Duration decode) implements AutoCloseable {
  @Override
  public void close() {
    clip.close();
  }
}
