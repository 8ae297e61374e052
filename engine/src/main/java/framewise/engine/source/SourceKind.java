package framewise.engine.source;

import java.util.Locale;

/** How a session's video reaches the service. */
public enum SourceKind {
  /** As a file, which is kept. */
  UPLOAD,
  /** As pictures over a peer connection, which are not. */
  WEBRTC,
  /** As pictures that a program publishes over WHIP; not kept. */
  WHIP,
  /** The same, from a camera that a browser may use. */
  WEBCAM,
  /** The same, from a screen or window that somebody shares in a browser. */
  SCREEN,
  /** From a URL, again and again; it is not kept. */
  URL;

  /** Whether a sender publishes it, and may do so again. */
  public boolean isPublished() {
    return this == WHIP || this == WEBCAM || this == SCREEN;
  }

  public static SourceKind ofWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** As the API spells it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
