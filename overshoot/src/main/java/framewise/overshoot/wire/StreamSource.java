package framewise.overshoot.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import framewise.overshoot.Secret;
import java.util.List;
import java.util.Objects;

/** The video's source, in requests of variant B ({@code source}). */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = StreamSource.WebRtc.class, name = "webrtc"),
  @JsonSubTypes.Type(value = StreamSource.LiveKit.class, name = "livekit"),
  @JsonSubTypes.Type(value = StreamSource.Native.class, name = "native")
})
public sealed interface StreamSource {

  /** The invalid fields; empty if there are none. */
  List<InvalidField> problems();

  /**
   * A peer connection; the response has the answer.
   *
   * @param sdp the offer; never printed
   */
  record WebRtc(@JsonProperty(required = true) String sdp) implements StreamSource {
    public WebRtc {
      Objects.requireNonNull(sdp, "sdp");
    }

    @Override
    public List<InvalidField> problems() {
      return new InvalidFields().filled("sdp", sdp).list();
    }

    @Override
    public String toString() {
      return "WebRtc[" + sdp.length() + " characters]";
    }
  }

  /**
   * The user's LiveKit room, which the service joins.
   *
   * @param url the LiveKit server
   * @param token grants the service access to the room
   */
  record LiveKit(
      @JsonProperty(required = true) String url, @JsonProperty(required = true) Secret token)
      implements StreamSource {
    public LiveKit {
      Objects.requireNonNull(url, "url");
      Objects.requireNonNull(token, "token");
    }

    @Override
    public List<InvalidField> problems() {
      return new InvalidFields()
          .filled("url", url)
          .filled("token", token.isEmpty() ? "" : "set")
          .list();
    }
  }

  /** A LiveKit room that the service creates; the response grants access. */
  record Native() implements StreamSource {
    @Override
    public List<InvalidField> problems() {
      return List.of();
    }
  }
}
