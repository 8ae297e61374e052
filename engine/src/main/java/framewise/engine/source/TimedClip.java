package framewise.engine.source;

import framewise.media.Clip;
import framewise.media.LumaGrid;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A clip on its way to the back ends. It is held by everybody who asks about it; each closes it
 * exactly once, and the last one frees it. Safe for any number of threads.
 */
public final class TimedClip implements AutoCloseable {
  private final Clip clip;
  private final long shownNanos;
  private final Duration decode;
  private final AtomicInteger holders = new AtomicInteger(1);
  private @Nullable LumaGrid look;

  /**
   * @param clip is closed with this
   * @param shownNanos when its newest frame was on show, by {@link
   *     framewise.engine.WallClock#nanos}
   * @param decode how long it took to read
   */
  public TimedClip(Clip clip, long shownNanos, Duration decode) {
    this.clip = clip;
    this.shownNanos = shownNanos;
    this.decode = decode;
  }

  public Clip clip() {
    return clip;
  }

  public long shownNanos() {
    return shownNanos;
  }

  public Duration decode() {
    return decode;
  }

  /** The same clip for one more holder. Only a holder may ask. */
  public TimedClip share() {
    holders.incrementAndGet();
    return this;
  }

  /** What its newest frame looks like, made once. */
  public synchronized LumaGrid look() {
    LumaGrid made = look;
    if (made == null) {
      made = LumaGrid.of(clip.newest());
      look = made;
    }
    return made;
  }

  @Override
  public void close() {
    if (holders.decrementAndGet() == 0) {
      clip.close();
    }
  }
}
