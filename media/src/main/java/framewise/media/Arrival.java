package framewise.media;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tells a recording from live video where a web server says neither how long it is nor that it has
 * an end: a recording comes as fast as it is read, live video as fast as it happens. Until that is
 * seen it is taken for a recording, which plays at its own pace. Used by one thread.
 */
final class Arrival {
  /** What comes at first may have been kept for whoever connects, even of live video. */
  private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** Live video comes at a rate of 1, give or take. */
  private static final double LIVE_RATE = 1.3;

  private final AheadFeed feed;
  private final LongSupplier nanos;
  private boolean begun;
  private long beganNanos;
  private long firstMicros;
  private long lastMicros;
  private long firstPlace;
  private long lastPlace;
  private long lookedNanos;
  private long lookedReceived;
  private boolean live;

  /**
   * @param nanos the steady clock
   */
  Arrival(AheadFeed feed, LongSupplier nanos) {
    this.feed = feed;
    this.nanos = nanos;
  }

  /**
   * A packet was read.
   *
   * @param micros when it is decoded
   * @param place of its first byte in all that came; negative where that is not known
   */
  void note(long micros, long place) {
    long now = nanos.getAsLong();
    if (!begun) {
      begun = true;
      beganNanos = now;
      firstMicros = micros;
      lastMicros = micros;
      firstPlace = place;
    }
    if (place > lastPlace) {
      lastMicros = Math.max(lastMicros, micros);
      lastPlace = place;
    }
    if (!live && !feed.isAhead() && now - beganNanos >= SETTLED_NANOS) {
      look(now);
    }
  }

  /** Whether it was seen that it happens now. */
  boolean isLive() {
    return live;
  }

  private void look(long now) {
    long received = feed.received();
    if (lookedNanos == 0) {
      lookedNanos = now;
      lookedReceived = received;
    } else if (now - lookedNanos >= LOOK_NANOS) {
      double played = (lastMicros - firstMicros) / 1e6;
      double came = (received - lookedReceived) * played / Math.max(1, lastPlace - firstPlace);
      live = came < LIVE_RATE * (now - lookedNanos) / 1e9;
      lookedNanos = now;
      lookedReceived = received;
    }
  }
}
