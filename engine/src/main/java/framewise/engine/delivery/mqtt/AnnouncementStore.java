package framewise.engine.delivery.mqtt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.store.Database;
import framewise.engine.store.Dialect;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Watches that were announced to a broker. They are stored, so that announcements can be removed
 * after a restart too. Safe for any number of threads.
 */
final class AnnouncementStore {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;

  AnnouncementStore(Database database) {
    this.database = database;
  }

  Set<String> of(String endpoint) {
    return new HashSet<>(
        database.read(
            handle ->
                handle
                    .createQuery("SELECT watch_id FROM discovered WHERE endpoint_id = :id")
                    .bind("id", endpoint)
                    .mapTo(String.class)
                    .list()));
  }

  void add(String endpoint, String watch) {
    database.write(
        handle ->
            handle.execute(
                "INSERT INTO discovered (endpoint_id, watch_id) VALUES (?, ?) ON CONFLICT DO"
                    + " NOTHING",
                endpoint,
                watch));
  }

  /** Fields of a watch that were announced, by name; the value is whether it is a number. */
  Map<String, Boolean> fields(String endpoint, String watch) {
    String stored =
        database.read(
            handle ->
                handle
                    .createQuery(
                        "SELECT fields FROM discovered WHERE endpoint_id = :endpoint AND watch_id ="
                            + " :watch")
                    .bind("endpoint", endpoint)
                    .bind("watch", watch)
                    .mapTo(String.class)
                    .findOne()
                    .orElse("{}"));
    Map<String, Boolean> fields = new LinkedHashMap<>();
    try {
      JSON.readTree(stored)
          .properties()
          .forEach(field -> fields.put(field.getKey(), field.getValue().asBoolean()));
    } catch (JsonProcessingException damaged) {
      // They are announced again with the next answer.
    }
    return fields;
  }

  void setFields(String endpoint, String watch, Map<String, Boolean> fields) {
    ObjectNode json = JSON.createObjectNode();
    fields.forEach(json::put);
    database.write(
        handle ->
            handle.execute(
                "UPDATE discovered SET fields = ? WHERE endpoint_id = ? AND watch_id = ?",
                json.toString(),
                endpoint,
                watch));
  }

  void remove(String endpoint, String watch) {
    database.writeFromReserve(
        handle ->
            handle.execute(
                "DELETE FROM discovered WHERE endpoint_id = ? AND watch_id = ?", endpoint, watch));
  }

  /** Id of the incident that a watch reported last. */
  Optional<String> lastIncident(String watch) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT subject FROM notice WHERE type IN
                        ('incident.opened', 'incident.updated', 'incident.ended')
                      AND %s = :watch ORDER BY number DESC LIMIT 1
                    """
                        .formatted(Dialect.of(handle).jsonField("data", "watch_id")))
                .bind("watch", watch)
                .mapTo(String.class)
                .findOne());
  }

  /**
   * Whether a watch has an open incident, judged by the notices up to a number. An incident that is
   * reopened after a short gap has an "updated" notice after its "ended" notice.
   */
  boolean isOpen(String watch, long number) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT EXISTS (SELECT 1 FROM notice n WHERE n.type IN
                        ('incident.opened', 'incident.updated')
                      AND n.number <= :number AND %s = :watch
                      AND NOT EXISTS (SELECT 1 FROM notice e WHERE e.subject = n.subject
                        AND e.type = 'incident.ended' AND e.number > n.number
                        AND e.number <= :number))
                    """
                        .formatted(Dialect.of(handle).jsonField("n.data", "watch_id")))
                .bind("number", number)
                .bind("watch", watch)
                .mapTo(boolean.class)
                .one());
  }
}
