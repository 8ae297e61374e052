package framewise.webrtc;

import java.time.Duration;

/**
 * How long a sending peer may be silent before it counts as disconnected. A closed browser tab
 * sends no notice; silence is the only sign.
 *
 * @param connect from the answer to the connection
 * @param firstPicture from the connection to the first frame
 * @param silence from one frame to the next, whether still connected or not
 */
public record SenderTimeouts(Duration connect, Duration firstPicture, Duration silence) {
  /**
   * 15 s to connect, 30 s to the first frame, 10 s between frames. The first frame may have to wait
   * for a key frame: by default x264 writes one in 250 pictures, which is 25 s at 10 pictures per
   * second, and OBS writes none on demand.
   */
  public static final SenderTimeouts DEFAULT =
      new SenderTimeouts(Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofSeconds(10));

  public SenderTimeouts {
    if (!connect.isPositive() || !firstPicture.isPositive() || !silence.isPositive()) {
      throw new IllegalArgumentException("each time limit must be longer than zero");
    }
  }
}
