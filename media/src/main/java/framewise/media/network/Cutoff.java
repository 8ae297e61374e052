package framewise.media.network;

import framewise.media.network.UrlFault.Kind;
import framewise.time.Scheduler;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/**
 * A limit on the whole of what another end says, for which a socket's time-out is none: an end that
 * sends a byte a second is never silent. Closes the socket when the time is up. Thread-safe.
 */
public final class Cutoff implements AutoCloseable {
  private final Duration limit;
  private final Runnable cancel;
  private volatile boolean cut;

  private Cutoff(Duration limit, Socket socket) {
    this.limit = limit;
    this.cancel = Scheduler.system().after(limit, () -> cut(socket));
  }

  /** Starts the time. */
  static Cutoff of(Duration limit, Socket socket) {
    return new Cutoff(limit, socket);
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
            "%s did not answer within %d seconds.".formatted(url.authority(), limit.toSeconds()))
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

  private void cut(Socket socket) {
    cut = true;
    try {
      socket.close();
    } catch (IOException gone) {
      // as intended
    }
  }
}
