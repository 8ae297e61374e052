package framewise.server.limits;

import java.time.Duration;

/**
 * Limits of connections.
 *
 * @param connections maximum number of open ones, 1 or more
 * @param head maximum time for the line and headers of the next request
 * @param stall maximum wait for a body beyond what its rate allows
 * @param bytesPerSecond minimum average rate of a body
 */
public record ConnectionLimits(int connections, Duration head, Duration stall, int bytesPerSecond) {
  /** Limits of a service with this many connections. */
  public static ConnectionLimits of(int connections) {
    return new ConnectionLimits(connections, Duration.ofSeconds(20), Duration.ofSeconds(20), 1_024);
  }
}
