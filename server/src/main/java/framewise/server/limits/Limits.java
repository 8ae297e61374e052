package framewise.server.limits;

import java.time.Duration;

/**
 * What connections may take of the service.
 *
 * @param connections how many may be open at a time, 1 or more
 * @param head how long a connection may take for the line and headers of its next request
 * @param stall how long a body may keep the service waiting beyond what its rate allows
 * @param bytesPerSecond how fast a body has to arrive on average
 */
public record Limits(int connections, Duration head, Duration stall, int bytesPerSecond) {
  /** Those of a service, with this many connections. */
  public static Limits of(int connections) {
    return new Limits(connections, Duration.ofSeconds(20), Duration.ofSeconds(20), 1_024);
  }
}
