package framewise.overshoot.wire.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import framewise.overshoot.Secret;
import java.util.Objects;

/**
 * Access to a LiveKit room.
 *
 * @param url the LiveKit server
 * @param token grants access
 */
public record LiveKitRoom(
    @JsonProperty(required = true) String url, @JsonProperty(required = true) Secret token) {
  public LiveKitRoom {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(token, "token");
  }
}
