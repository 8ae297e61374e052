package framewise.engine.delivery;

import framewise.engine.endpoint.Endpoint;
import framewise.engine.notice.Notice;
import java.time.Duration;

/** Sends notices to one endpoint. Used by one thread, except {@link #close}. */
public interface Sender extends AutoCloseable {
  /**
   * Sends a notice and waits for the answer, at most about 15 seconds.
   *
   * @param endpoint as it is configured now
   */
  SendResult send(Endpoint endpoint, Notice notice) throws InterruptedException;

  /**
   * Does periodic work while there is nothing to send, such as keeping a connection open. Called
   * about every {@link #maintenanceInterval}.
   */
  default void maintain(Endpoint endpoint) throws InterruptedException {}

  /** Time between two calls of {@link #maintain}; at least about a second. */
  default Duration maintenanceInterval() {
    return Duration.ofSeconds(10);
  }

  /** Closes connections, because the endpoint gets nothing for now. */
  default void disconnect() {}

  /** Removes its data from an endpoint that is about to be deleted, as far as possible. */
  default void remove(Endpoint endpoint) throws InterruptedException {}

  @Override
  default void close() {}
}
