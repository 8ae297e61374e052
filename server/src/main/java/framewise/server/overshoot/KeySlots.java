package framewise.server.overshoot;

import framewise.engine.cluster.Cluster;
import framewise.engine.cluster.Node;
import framewise.engine.store.Database;
import framewise.engine.store.Dialect;
import framewise.server.access.secret.KeyHash;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;

/**
 * Counts each key's open streams over all nodes. Each node stores how many it has; the number of a
 * node whose lease has expired no longer counts. Safe for any number of threads.
 */
final class KeySlots {
  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE overshoot_slot (
            key_hash TEXT NOT NULL,
            node TEXT NOT NULL,
            streams INTEGER NOT NULL,
            PRIMARY KEY (key_hash, node)
          ) STRICT, WITHOUT ROWID;
          """);

  private final Database database;
  private final Cluster cluster;

  KeySlots(Database database, Cluster cluster) {
    this.database = database;
    this.cluster = cluster;
    database.extend("overshoot", TABLES);
  }

  /**
   * Stores that this node has one stream more of a key, unless that would be too many.
   *
   * @param own streams of the key on this node
   * @param max maximum on all nodes together
   * @return streams of the key on all nodes before the call; nothing is stored when they are the
   *     maximum
   */
  int take(KeyHash key, int own, int max) {
    List<String> alive = cluster.nodes().stream().filter(Node::isAlive).map(Node::id).toList();
    var before = new AtomicInteger();
    database.write(
        handle -> {
          Dialect.of(handle).commitInOrder(handle);
          forgetFormer(handle, alive);
          before.set(own + others(handle, key));
          if (before.get() < max) {
            store(handle, key, own + 1);
          }
        });
    return before.get();
  }

  /** Stores how many streams of a key this node has. */
  void set(KeyHash key, int own) {
    database.write(
        handle -> {
          store(handle, key, own);
        });
  }

  private static void forgetFormer(Handle handle, List<String> alive) {
    if (!alive.isEmpty()) {
      handle
          .createUpdate("DELETE FROM overshoot_slot WHERE node NOT IN (<alive>)")
          .bindList("alive", alive)
          .execute();
    }
  }

  private void store(Handle handle, KeyHash key, int own) {
    handle.execute(
        """
        INSERT INTO overshoot_slot (key_hash, node, streams) VALUES (?, ?, ?)
        ON CONFLICT (key_hash, node) DO UPDATE SET streams = excluded.streams
        """,
        key.sha256(),
        cluster.id(),
        own);
  }

  private int others(Handle handle, KeyHash key) {
    return handle
        .select(
            "SELECT COALESCE(SUM(streams), 0) FROM overshoot_slot WHERE key_hash = ? AND node <> ?",
            key.sha256(),
            cluster.id())
        .mapTo(Integer.class)
        .one();
  }
}
