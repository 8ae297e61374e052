package framewise.server.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import framewise.engine.result.LoggedEvent;
import framewise.media.MediaTime;

/**
 * One result as the log holds it, ready to be written in another form.
 *
 * @param json the whole event
 * @param start of its clip in the video
 * @param end of its clip in the video
 * @param ok whether there is an answer
 * @param text the answer, empty where there is none
 */
record Answered(JsonNode json, MediaTime start, MediaTime end, boolean ok, String text) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static Answered of(LoggedEvent event) {
    try {
      JsonNode json = JSON.readTree(event.json());
      JsonNode clip = json.required("clip");
      return new Answered(
          json,
          MediaTime.ofSeconds(clip.required("start_seconds").asDouble()),
          MediaTime.ofSeconds(clip.required("end_seconds").asDouble()),
          json.required("ok").asBoolean(),
          json.required("result").asText());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the log holds what is no JSON: " + event.seq(), e);
    }
  }
}
