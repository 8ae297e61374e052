package framewise.engine;

import java.util.Locale;

/** State in a session's life cycle. A session that ended can be started again. */
public enum Status {
  /** The uploaded video is here and no run has started yet. */
  UPLOADED,
  /** The video comes over the network, and its first picture has not arrived. */
  WAITING,
  /** A run is playing the video. */
  STREAMING,
  /** A user stopped the run. */
  STOPPED,
  /** The video ended and every clip was answered. */
  FINISHED,
  /** The run could not continue; the reason says why. */
  FAILED;

  public static Status ofWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Whether a run is under way, or a session waits for its first picture. */
  public boolean isRunning() {
    return this == STREAMING || this == WAITING;
  }

  /** The name in the API. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
