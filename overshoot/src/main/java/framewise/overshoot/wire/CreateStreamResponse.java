package framewise.overshoot.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The answer to {@code POST /streams}.
 *
 * @param streamId an opaque name of the stream
 * @param webrtc the SDP answer, for an offer
 * @param lease how long the stream lives; without one it needs no renewal
 * @param turnServers relays that the service offers
 * @param livekit the way into a room of the service's (variant C)
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CreateStreamResponse(
    @JsonProperty(required = true) String streamId,
    Optional<SessionDescription> webrtc,
    Optional<Lease> lease,
    Optional<List<TurnServer>> turnServers,
    Optional<LiveKitRoom> livekit) {
  public CreateStreamResponse {
    Objects.requireNonNull(streamId, "stream_id");
  }
}
