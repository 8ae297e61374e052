package framewise.overshoot.wire.answer;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import framewise.overshoot.wire.AbsentFields;
import org.jspecify.annotations.Nullable;

/**
 * The response to {@code GET /streams/{id}/info}.
 *
 * @param streamId the stream
 * @param sourceType {@code native}, {@code webrtc} or {@code livekit}
 * @param state the stream's state
 * @param uptimeSeconds seconds since its creation
 * @param fps received frames per second
 * @param frameWidth pixels, as received
 * @param frameHeight pixels, as received
 * @param effectiveWidth pixels that the model sees, at most 720p
 * @param effectiveHeight pixels that the model sees
 * @param inferencesCompleted number of successful inferences
 * @param inferencesFailed number of failed inferences
 * @param lastInferenceLatencySeconds latency of the newest inference
 */
@JsonNaming(SnakeCaseStrategy.class)
public record StreamInfo(
    String streamId,
    String sourceType,
    StreamState state,
    double uptimeSeconds,
    double fps,
    int frameWidth,
    int frameHeight,
    int effectiveWidth,
    int effectiveHeight,
    long inferencesCompleted,
    long inferencesFailed,
    double lastInferenceLatencySeconds) {
  public StreamInfo {
    streamId = AbsentFields.orEmpty(streamId);
    sourceType = AbsentFields.orEmpty(sourceType);
    state = orUnknown(state);
  }

  private static StreamState orUnknown(@Nullable StreamState state) {
    return state == null ? StreamState.UNKNOWN : state;
  }
}
