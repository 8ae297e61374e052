package framewise.overshoot.wire.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import framewise.overshoot.wire.SdpMessage;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The response to {@code POST /streams}.
 *
 * @param streamId the stream's opaque id
 * @param webrtc the SDP answer to an offer
 * @param lease how long the stream lives; without one it needs no renewal
 * @param turnServers the service's TURN relays
 * @param livekit access to the service's LiveKit room (variant C)
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CreateStreamResponse(
    @JsonProperty(required = true) String streamId,
    Optional<SdpMessage> webrtc,
    Optional<Lease> lease,
    Optional<List<TurnServer>> turnServers,
    Optional<LiveKitRoom> livekit) {
  public CreateStreamResponse {
    Objects.requireNonNull(streamId, "stream_id");
  }
}
