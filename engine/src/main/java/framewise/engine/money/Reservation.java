package framewise.engine.money;

/** Money reserved for a request in flight, until its cost is booked. Closing is idempotent. */
public interface Reservation extends AutoCloseable {
  /** Reservation for requests that cost nothing. */
  Reservation NONE = () -> {};

  @Override
  void close();
}
