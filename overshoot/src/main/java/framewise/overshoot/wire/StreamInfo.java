package framewise.overshoot.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code GET /streams/{id}/info}.
 *
 * @param streamId the stream
 * @param sourceType {@code native}, {@code webrtc} or {@code livekit}
 * @param state what the stream is doing
 * @param uptimeSeconds since its creation
 * @param fps frames that come in per second
 * @param frameWidth pixels, as they come in
 * @param frameHeight pixels, as they come in
 * @param effectiveWidth pixels that the model sees, at most 720p
 * @param effectiveHeight pixels that the model sees
 * @param inferencesCompleted how many succeeded
 * @param inferencesFailed how many did not
 * @param lastInferenceLatencySeconds of the newest one
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
    streamId = Absent.orEmpty(streamId);
    sourceType = Absent.orEmpty(sourceType);
    state = orUnknown(state);
  }

  private static StreamState orUnknown(@Nullable StreamState state) {
    return state == null ? StreamState.UNKNOWN : state;
  }
}
