package framewise.media.live;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Decides whether video from a web server is live or a recording, for servers that state neither
 * its length nor that it ends: a recording arrives as fast as it is read, live video in real time.
 * Until that is certain, the video counts as a recording, which plays at its own pace. Used by one
 * thread.
 */
final class LiveDetector {
  /**
   * The first seconds may come from a buffer that the server keeps for new clients, even for live
   * video.
   */
  private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** Live video arrives at a rate of about 1. */
  private static final double LIVE_RATE = 1.3;

  private final ReadAheadFeed feed;
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
  LiveDetector(ReadAheadFeed feed, LongSupplier nanos) {
    this.feed = feed;
    this.nanos = nanos;
  }

  /**
   * Records a packet that was read.
   *
   * @param micros decoding time
   * @param place offset of its first byte in the whole stream; negative when unknown
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

  /** Whether the video has proved to be live. */
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
