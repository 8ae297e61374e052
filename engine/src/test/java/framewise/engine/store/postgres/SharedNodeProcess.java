package framewise.engine.store.postgres;

import framewise.engine.cluster.Membership;
import java.time.Duration;

/** One of several nodes, in a separate process, with a lease of an hour. */
final class SharedNodeProcess {
  static final Duration LEASE = Duration.ofHours(1);

  private SharedNodeProcess() {}

  /**
   * Prints its id, and then only renews its lease.
   *
   * @param arguments URL of the database
   */
  public static void main(String[] arguments) throws InterruptedException {
    try (SharedLease lease = join(PostgresUrl.parse(arguments[0]).orElseThrow(), "other")) {
      System.out.println(lease.id());
      Thread.sleep(Duration.ofDays(1));
    }
  }

  static SharedLease join(PostgresUrl url, String name) throws InterruptedException {
    return SharedLease.join(url, new Membership(name, "http://" + name, "1"), LEASE);
  }
}
