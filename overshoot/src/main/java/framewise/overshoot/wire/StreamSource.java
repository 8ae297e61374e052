package framewise.overshoot.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import framewise.overshoot.Secret;
import java.util.List;
import java.util.Objects;

/** Where the video comes from, in requests of variant B ({@code source}). */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = StreamSource.WebRtc.class, name = "webrtc"),
  @JsonSubTypes.Type(value = StreamSource.LiveKit.class, name = "livekit"),
  @JsonSubTypes.Type(value = StreamSource.Native.class, name = "native")
})
public sealed interface StreamSource {

  /** What is wrong with it; empty if nothing is. */
  List<Problem> problems();

  /**
   * A peer connection; the answer comes back in the response.
   *
   * @param sdp the offer; not printed
   */
  record WebRtc(@JsonProperty(required = true) String sdp) implements StreamSource {
    public WebRtc {
      Objects.requireNonNull(sdp, "sdp");
    }

    @Override
    public List<Problem> problems() {
      return new Problems().filled("sdp", sdp).list();
    }

    @Override
    public String toString() {
      return "WebRtc[" + sdp.length() + " characters]";
    }
  }

  /**
   * A LiveKit room of the user, which the service joins.
   *
   * @param url the LiveKit server
   * @param token lets the service into the room
   */
  record LiveKit(
      @JsonProperty(required = true) String url, @JsonProperty(required = true) Secret token)
      implements StreamSource {
    public LiveKit {
      Objects.requireNonNull(url, "url");
      Objects.requireNonNull(token, "token");
    }

    @Override
    public List<Problem> problems() {
      return new Problems().filled("url", url).filled("token", token.isEmpty() ? "" : "set").list();
    }
  }

  /** A LiveKit room that the service makes; the way in comes back in the response. */
  record Native() implements StreamSource {
    @Override
    public List<Problem> problems() {
      return List.of();
    }
  }
}
