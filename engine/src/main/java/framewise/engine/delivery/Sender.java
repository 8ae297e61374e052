package framewise.engine.delivery;

import framewise.engine.endpoint.Endpoint;
import framewise.engine.notice.Notice;

/** Sends notices to one endpoint. Used by one thread, except {@link #close}. */
public interface Sender extends AutoCloseable {
  /**
   * Sends a notice and waits for the answer, at most about 15 seconds.
   *
   * @param endpoint as it is configured now
   */
  SendResult send(Endpoint endpoint, Notice notice) throws InterruptedException;

  /** Does what is due while there is nothing to send, such as keeping a connection open. */
  default void tend(Endpoint endpoint) throws InterruptedException {}

  /** Ends connections, because the endpoint gets nothing for now. */
  default void rest() {}

  /**
   * Removes what it left at an endpoint that is about to be deleted, as far as that is possible.
   */
  default void remove(Endpoint endpoint) throws InterruptedException {}

  @Override
  default void close() {}
}
