package framewise.engine.money;

/** Money set aside for a request in flight, until its cost is booked. Closing it twice is fine. */
public interface Reservation extends AutoCloseable {
  /** For what costs nothing. */
  Reservation NONE = () -> {};

  @Override
  void close();
}
