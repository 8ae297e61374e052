package framewise.engine.delivery.mqtt;

import framewise.engine.endpoint.Endpoint;
import framewise.engine.files.StoredFile;
import framewise.engine.watch.NewestAnswers;
import java.util.List;
import java.util.Optional;

/** Lists the watches, each of which becomes a device in Home Assistant. */
public interface WatchList {
  /**
   * A watch.
   *
   * @param name for people
   */
  record WatchEntry(String id, String name) {}

  /**
   * The watches whose notices an endpoint gets. Empty where that is unknown: each watch is then
   * announced with its first incident.
   */
  Optional<List<WatchEntry>> of(Endpoint endpoint);

  /** The newest answer that a watch tested in a session that the endpoint's owner may see. */
  default Optional<NewestAnswers.SessionAnswer> newest(Endpoint endpoint, String watch) {
    return Optional.empty();
  }

  /**
   * JPEG file of an incident's picture; empty while there is none, or none that the endpoint may
   * get.
   */
  default Optional<StoredFile> picture(Endpoint endpoint, String incident) {
    return Optional.empty();
  }

  /** A list whose watches are unknown. */
  WatchList UNKNOWN = endpoint -> Optional.empty();
}
