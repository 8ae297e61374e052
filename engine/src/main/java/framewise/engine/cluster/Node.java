package framewise.engine.cluster;

import java.time.Duration;
import java.time.Instant;

/**
 * A node, as it is recorded in the database.
 *
 * @param id new after each start and after each loss of its lease
 * @param address host and process, for people
 * @param url where other nodes reach it
 * @param version of the program
 * @param startedAt by the database's clock
 * @param lease time left, by the database's clock; negative once it has expired
 * @param sessions number of sessions that it owns
 * @param room its load and remaining capacity
 * @param draining whether it hands over its sessions and takes no new ones
 */
public record Node(
    String id,
    String address,
    String url,
    String version,
    Instant startedAt,
    Duration lease,
    long sessions,
    NodeCapacity room,
    boolean draining) {
  /** Whether its lease is still valid. */
  public boolean isAlive() {
    return lease.isPositive();
  }

  /** Whether new sessions may be placed there. */
  public boolean takesMore() {
    return isAlive() && !draining && room.freeSessions() > 0;
  }
}
