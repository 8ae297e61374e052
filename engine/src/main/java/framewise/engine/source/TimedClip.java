package framewise.engine.source;

import framewise.media.picture.Clip;
import framewise.media.picture.LumaGrid;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A clip on its way to the back ends, shared by several holders. Each holder closes it exactly
 * once, and the last close frees it. Safe for any number of threads.
 */
public final class TimedClip implements AutoCloseable {
  private final Clip clip;
  private final long shownNanos;
  private final Duration decode;
  private final Optional<Duration> receive;
  private final AtomicInteger holders = new AtomicInteger(1);
  private @Nullable LumaGrid look;

  /**
   * @param clip closed with this
   * @param shownNanos when its newest frame was on show, by {@link framewise.time.WallClock#nanos}
   * @param decode time that reading it took
   */
  public TimedClip(Clip clip, long shownNanos, Duration decode) {
    this(clip, shownNanos, decode, Optional.empty());
  }

  /**
   * @param clip closed with this
   * @param shownNanos when its newest frame was on show, by {@link framewise.time.WallClock#nanos}
   * @param decode time that reading it took
   * @param receive time from the arrival of its newest frame until it was on show; empty for files
   */
  public TimedClip(Clip clip, long shownNanos, Duration decode, Optional<Duration> receive) {
    this.clip = clip;
    this.shownNanos = shownNanos;
    this.decode = decode;
    this.receive = receive;
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

  /** Time from the arrival of its newest frame until it was on show; empty for files. */
  public Optional<Duration> receive() {
    return receive;
  }

  /** Adds a holder. Only a present holder may call this. */
  public TimedClip share() {
    holders.incrementAndGet();
    return this;
  }

  /** Fingerprint of its newest frame, to compare clips by; computed once. */
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
