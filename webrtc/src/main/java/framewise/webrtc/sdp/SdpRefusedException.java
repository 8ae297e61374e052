package framewise.webrtc.sdp;

import java.util.Locale;

/**
 * A session description from outside cannot be used. The message is a sentence for whoever sent it:
 * what is wrong, what is allowed, what to do.
 */
public final class SdpRefusedException extends Exception {
  /** What is wrong, as programs tell it apart. */
  public enum Reason {
    /** More than {@link SessionDescription#MAX_BYTES} or {@link SessionDescription#MAX_MEDIA}. */
    TOO_LARGE,
    /** Not a session description, or one that WebRTC does not understand. */
    MALFORMED,
    /** No video is offered, or only video that flows the other way. */
    NO_VIDEO,
    /** There is video, in no codec that is understood here. */
    NO_CODEC;

    /** The code that an API shows, such as {@code sdp_no_video}. */
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
