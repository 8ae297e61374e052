package framewise.engine.source;

import java.util.Locale;

/** Ways in which a session's video reaches the service. */
public enum SourceKind {
  /** An uploaded file, which is kept. */
  UPLOAD,
  /** Pictures over a peer connection; not kept. */
  WEBRTC,
  /** Pictures that a program publishes over WHIP; not kept. */
  WHIP,
  /** WHIP from a camera in a browser. */
  WEBCAM,
  /** WHIP from a screen or window that a browser shares. */
  SCREEN,
  /** Pictures that a client of LiveKit publishes; not kept. */
  LIVEKIT,
  /** A URL, reconnected when lost; not kept. */
  URL;

  /** Whether a sender publishes it, and may reconnect. */
  public boolean isPublished() {
    return this == WHIP || this == WEBCAM || this == SCREEN || this == LIVEKIT;
  }

  public static SourceKind ofWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The name in the API. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
