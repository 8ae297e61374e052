package framewise.overshoot.wire.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import framewise.overshoot.wire.AbsentFields;
import java.util.Optional;

/**
 * One entry of {@code GET /streams/feedback}.
 *
 * @param id the entry's id
 * @param streamId the stream it is about
 * @param rating 0 to 10
 * @param category the subject
 * @param feedback a comment; may be empty
 * @param createdAt ISO 8601
 * @param updatedAt ISO 8601
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record FeedbackEntry(
    String id,
    String streamId,
    int rating,
    String category,
    String feedback,
    Optional<String> createdAt,
    Optional<String> updatedAt) {
  public FeedbackEntry {
    id = AbsentFields.orEmpty(id);
    streamId = AbsentFields.orEmpty(streamId);
    category = AbsentFields.orEmpty(category);
    feedback = AbsentFields.orEmpty(feedback);
  }
}
