package framewise.webrtc;

import java.time.Duration;

/**
 * How long a far end that sends to us may keep us waiting before it counts as gone. A tab that is
 * shut says nothing: its silence is all there is.
 *
 * @param connect from our answer to the connection
 * @param firstPicture from the connection to the first frame
 * @param silence from one frame to the next, connected or not any more
 */
public record Patience(Duration connect, Duration firstPicture, Duration silence) {
  /**
   * 15 s to connect, 30 s to the first frame, 10 s without another. The first one may have to wait
   * for a key frame: x264 writes one in 250 pictures where it is told nothing else, which is 25 s
   * at 10 pictures a second, and OBS writes none on demand.
   */
  public static final Patience DEFAULT =
      new Patience(Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofSeconds(10));

  public Patience {
    if (!connect.isPositive() || !firstPicture.isPositive() || !silence.isPositive()) {
      throw new IllegalArgumentException("patience must be longer than nothing");
    }
  }
}
