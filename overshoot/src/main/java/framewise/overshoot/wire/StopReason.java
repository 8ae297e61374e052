package framewise.overshoot.wire;

import java.util.Locale;

/** Why the service ended a stream, as in the socket's close reason (code 1001). */
public enum StopReason {
  /** The client requested it. */
  CLIENT_REQUESTED,
  /** The peer connection was lost. */
  WEBRTC_DISCONNECTED,
  /** The LiveKit room was lost. */
  LIVEKIT_DISCONNECTED,
  /** The lease was not renewed in time. */
  LEASE_EXPIRED,
  /** The account ran out of credit. */
  INSUFFICIENT_CREDITS,
  /** An unknown reason of the service; never sent. */
  OTHER;

  private static final String START = "stream ended: ";

  /** The reason on the wire, such as {@code lease_expired}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The reason in a close frame, such as {@code stream ended: lease_expired}. */
  public String closeText() {
    return START + word();
  }

  /** Parses a close frame's reason, with or without the prefix. */
  public static StopReason read(String closeText) {
    String text = closeText.strip().toLowerCase(Locale.ROOT);
    String word = text.startsWith(START) ? text.substring(START.length()).strip() : text;
    for (StopReason reason : values()) {
      if (reason.word().equals(word)) {
        return reason;
      }
    }
    return OTHER;
  }
}
