package framewise.overshoot.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * An SDP offer or answer. Its text is opaque and never printed, because it holds the credentials of
 * the media connection.
 *
 * @param type {@code offer} or {@code answer}
 * @param sdp the description, at least 1 character
 */
public record SdpMessage(
    @JsonProperty(required = true) String type, @JsonProperty(required = true) String sdp) {

  /** The type of the client's description. */
  public static final String OFFER = "offer";

  /** The type of the service's description. */
  public static final String ANSWER = "answer";

  public SdpMessage {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(sdp, "sdp");
  }

  public static SdpMessage offer(String sdp) {
    return new SdpMessage(OFFER, sdp);
  }

  public static SdpMessage answer(String sdp) {
    return new SdpMessage(ANSWER, sdp);
  }

  @Override
  public String toString() {
    return "SessionDescription[" + type + ", " + sdp.length() + " characters]";
  }
}
