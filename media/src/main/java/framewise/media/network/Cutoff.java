package framewise.media.network;

import framewise.media.network.UrlFault.Kind;
import framewise.time.Scheduler;
import java.time.Duration;

/**
 * A limit on the whole of what another end says, for which a socket's time-out is none: an end that
 * sends a byte a second is never silent. Hangs up when the time is up. Thread-safe.
 */
public final class Cutoff implements AutoCloseable {
  private final Duration limit;
  private final Runnable cancel;
  private volatile boolean cut;

  /**
   * Starts the time.
   *
   * @param hangUp closes what is being read
   */
  Cutoff(Duration limit, Runnable hangUp) {
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
   * @param other what the failure means where the time is not up
   */
  public UrlFault explain(VideoUrl url, UrlFault other) {
    return cut
        ? new UrlFault(
            Kind.TIMED_OUT,
            "%s did not answer within %s.".formatted(url.authority(), seconds(limit)))
        : other;
  }

  /** Whether the time was up. */
  boolean isCut() {
    return cut;
  }

  /** Ends the limit: what follows has limits of its own. */
  @Override
  public void close() {
    cancel.run();
  }

  private static String seconds(Duration time) {
    return time.toMillis() % 1_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
