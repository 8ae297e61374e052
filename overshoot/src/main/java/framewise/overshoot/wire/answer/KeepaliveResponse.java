package framewise.overshoot.wire.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import framewise.overshoot.Secret;
import framewise.overshoot.wire.AbsentFields;
import java.util.Optional;

/**
 * The response to {@code POST /streams/{id}/keepalive}. Early servers sent only the first three
 * fields.
 *
 * @param status {@code ok}
 * @param streamId the stream
 * @param ttlSeconds seconds until the stream ends, unless its lease is renewed again
 * @param creditsRemainingCents the account's remaining credit
 * @param costCents the stream's cost so far
 * @param secondsCharged seconds charged so far
 * @param state the stream's state
 * @param livekitToken a new token for the service's room (variant C)
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record KeepaliveResponse(
    String status,
    String streamId,
    int ttlSeconds,
    Optional<Long> creditsRemainingCents,
    Optional<Double> costCents,
    Optional<Double> secondsCharged,
    Optional<StreamState> state,
    Optional<Secret> livekitToken) {
  public KeepaliveResponse {
    status = AbsentFields.orEmpty(status);
    streamId = AbsentFields.orEmpty(streamId);
  }
}
