package framewise.engine.delivery.mqtt;

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

  /** All watches; empty where nobody knows: then each is announced with its first incident. */
  Optional<List<Watched>> watches();

  /** Nobody knows the watches. */
  WatchList UNKNOWN = Optional::empty;
}
