package framewise.engine.delivery.mqtt;

import framewise.engine.store.Database;
import framewise.engine.store.Dialect;
import java.util.HashSet;
import java.util.Set;

/**
 * Watches that were announced to a broker, remembered so that their announcements are removed also
 * after a restart. Safe for any number of threads.
 */
final class Announced {
  private final Database database;

  Announced(Database database) {
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

  void remove(String endpoint, String watch) {
    database.writeFromReserve(
        handle ->
            handle.execute(
                "DELETE FROM discovered WHERE endpoint_id = ? AND watch_id = ?", endpoint, watch));
  }

  /**
   * Whether a watch has an open incident, by the notices up to a number. One that is reopened after
   * a short gap is reported as updated after its end.
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
