package framewise.engine;

import java.util.Locale;

/** Where a session is in its life. One that ended may be started again. */
public enum Status {
  /** Its video is here and nothing was asked yet. */
  UPLOADED,
  /** Its video is in the network, and nobody looked or the first picture has not come. */
  WAITING,
  /** Its video is being looked at. */
  STREAMING,
  /** Somebody stopped it. */
  STOPPED,
  /** The video ended and every clip was answered. */
  FINISHED,
  /** It could not go on; the reason says why. */
  FAILED;

  public static Status ofWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** As the API spells it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
