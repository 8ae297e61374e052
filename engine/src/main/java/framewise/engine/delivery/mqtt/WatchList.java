package framewise.engine.delivery.mqtt;

import framewise.engine.endpoint.Endpoint;
import java.util.List;
import java.util.Optional;

/** The watches that there are, each of which becomes a device in Home Assistant. */
public interface WatchList {
  /**
   * A watch.
   *
   * @param name for people
   */
  record Watched(String id, String name) {}

  /**
   * The watches whose notices an endpoint gets; empty where nobody knows: then each is announced
   * with its first incident.
   */
  Optional<List<Watched>> of(Endpoint endpoint);

  /** Nobody knows the watches. */
  WatchList UNKNOWN = endpoint -> Optional.empty();
}
