package framewise.webrtc;

import java.time.Duration;

/**
 * How long a far end that sends to us may keep us waiting before it counts as gone. A tab that is
 * shut says nothing: its silence is all there is.
 *
 * @param connect from our answer to the connection
 * @param silence without a single frame, connected or not any more
 */
public record Patience(Duration connect, Duration silence) {
  /** 15 s to connect, 10 s without a frame. */
  public static final Patience DEFAULT =
      new Patience(Duration.ofSeconds(15), Duration.ofSeconds(10));

  public Patience {
    if (!connect.isPositive() || !silence.isPositive()) {
      throw new IllegalArgumentException("patience must be longer than nothing");
    }
  }
}
