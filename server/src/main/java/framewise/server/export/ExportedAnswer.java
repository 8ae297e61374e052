package framewise.server.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import framewise.engine.result.LoggedEvent;
import framewise.media.MediaTime;
import java.util.Optional;

/**
 * Result from the log, parsed for export in another format.
 *
 * @param json the whole event
 * @param name of its prompt, in one line; empty where it has none
 * @param start of its clip in the video
 * @param end of its clip in the video
 * @param ok whether there is an answer
 * @param text the answer, empty where there is none
 */
record ExportedAnswer(
    JsonNode json, Optional<String> name, MediaTime start, MediaTime end, boolean ok, String text) {
  /** Maximum length of an answer in subtitles, in characters. */
  private static final int MAX_LENGTH = 4_000;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static ExportedAnswer of(LoggedEvent event) {
    try {
      JsonNode json = JSON.readTree(event.json());
      JsonNode clip = json.required("clip");
      return new ExportedAnswer(
          json,
          name(json),
          MediaTime.ofSeconds(clip.required("start_seconds").asDouble()),
          MediaTime.ofSeconds(clip.required("end_seconds").asDouble()),
          json.required("ok").asBoolean(),
          json.required("result").asText());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the log contains invalid JSON: " + event.seq(), e);
    }
  }

  /**
   * A copy with only what a subtitle shows, because answers of many prompts are in memory at a
   * time.
   */
  ExportedAnswer forSubtitle() {
    return new ExportedAnswer(
        MissingNode.getInstance(), name, start, end, ok, text.length() > MAX_LENGTH ? cut() : text);
  }

  private String cut() {
    int to = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
    return text.substring(0, to) + "…";
  }

  /** Earlier versions accepted names with line breaks and control characters. */
  private static Optional<String> name(JsonNode json) {
    String text = json.path("name").asText();
    return Optional.of(text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}\\s]+", " ").strip())
        .filter(name -> !name.isEmpty());
  }
}
