package framewise.webrtc.sdp;

import java.util.Locale;

/**
 * An unusable session description from outside. The message is a sentence for its sender: what is
 * wrong, what is allowed, what to do.
 */
public final class SdpRefusedException extends Exception {
  /** The reason in machine-readable form. */
  public enum Reason {
    /**
     * More than {@link SessionDescription#MAX_BYTES} or {@link
     * SessionDescription#MAX_MEDIA_SECTIONS}.
     */
    TOO_LARGE,
    /** The text is not a session description, or WebRTC does not understand it. */
    MALFORMED,
    /** No video is offered, or only in the other direction. */
    NO_VIDEO,
    /** No video has a supported codec. */
    NO_CODEC;

    /** The API's error code, such as {@code sdp_no_video}. */
    public String code() {
      return "sdp_" + name().toLowerCase(Locale.ROOT);
    }
  }

  private final Reason reason;

  public SdpRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
