package framewise.overshoot;

import java.time.Duration;

/**
 * The client's time-outs.
 *
 * @param connect for a TCP and TLS connection
 * @param request for a whole response, from the first byte sent to the last byte of the body; the
 *     official Python client waits 30 s
 * @param ping silence after which the results socket is pinged; after twice as long without a sign
 *     of life it counts as lost
 * @param farewell how long a closed stream's socket may still deliver results
 */
public record Timeouts(Duration connect, Duration request, Duration ping, Duration farewell) {

  /** 10 s, 30 s, 5 s and 2 s. */
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofSeconds(2));

  /**
   * @throws IllegalArgumentException if one is not positive
   */
  public Timeouts {
    for (Duration each : new Duration[] {connect, request, ping, farewell}) {
      if (!each.isPositive()) {
        throw new IllegalArgumentException("A timeout of " + each + " must be longer than zero");
      }
    }
  }
}
