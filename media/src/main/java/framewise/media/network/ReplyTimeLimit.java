package framewise.media.network;

import framewise.media.network.UrlFault.Kind;
import framewise.time.Scheduler;
import java.time.Duration;

/**
 * A limit on the duration of a whole reply. A socket's time-out is not enough: a peer that sends a
 * byte a second is never silent. Closes the connection when the time is up. Thread-safe.
 */
public final class ReplyTimeLimit implements AutoCloseable {
  private final Duration limit;
  private final Runnable cancel;
  private volatile boolean cut;

  /**
   * Starts the timer.
   *
   * @param hangUp closes the connection that is being read
   */
  ReplyTimeLimit(Duration limit, Runnable hangUp) {
    this.limit = limit;
    this.cancel =
        Scheduler.system()
            .after(
                limit,
                () -> {
                  cut = true;
                  hangUp.run();
                });
  }

  /**
   * The fault behind a failed read: the time is up, or another one.
   *
   * @param other what the failure means before the limit
   */
  public UrlFault explain(VideoUrl url, UrlFault other) {
    return cut
        ? new UrlFault(
            Kind.TIMED_OUT,
            "%s did not answer within %s.".formatted(url.authority(), seconds(limit)))
        : other;
  }

  /** Whether the limit was exceeded. */
  boolean isCut() {
    return cut;
  }

  /** Ends the limit: the rest has its own limits. */
  @Override
  public void close() {
    cancel.run();
  }

  private static String seconds(Duration time) {
    return time.toMillis() % 1_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
