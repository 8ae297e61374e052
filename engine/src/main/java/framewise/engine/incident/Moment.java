package framewise.engine.incident;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.media.MediaTime;
import java.time.Instant;

/**
 * Time of an answer and of the picture that it is about.
 *
 * @param seq number of the answer in the session's log
 * @param run number of the session's run
 * @param time end of the answer's clip, on the video's clock
 * @param at when the answer was stored
 * @param seenAt when the clip's newest picture was on show
 */
public record Moment(long seq, int run, MediaTime time, Instant at, Instant seenAt) {
  /**
   * Video time from an earlier moment to this one, in microseconds; 0 where the video's clock went
   * back, as after a reconnection, or the moments are in different runs.
   */
  public long microsSince(Moment earlier) {
    return run == earlier.run ? Math.max(0, time.micros() - earlier.time.micros()) : 0;
  }

  /** JSON for the API and the database. */
  public ObjectNode write() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("seq", seq)
        .put("run", run)
        .put("seconds", time.seconds())
        .put("at", at.toString())
        .put("seen_at", seenAt.toString());
  }

  /** Reads what {@link #write} wrote. */
  public static Moment read(JsonNode json) {
    return new Moment(
        json.path("seq").asLong(),
        json.path("run").asInt(),
        MediaTime.ofSeconds(json.path("seconds").asDouble()),
        Instant.parse(json.path("at").asText()),
        Instant.parse(json.path("seen_at").asText()));
  }
}
