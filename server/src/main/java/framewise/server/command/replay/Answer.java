package framewise.server.command.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import framewise.engine.result.Event;

/**
 * An answer, or the reason why there is none.
 *
 * @param text the answer, or the failure's message
 */
record Answer(boolean ok, String text) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Stands for a clip without pictures. */
  static final Answer NO_PICTURE = new Answer(false, "The video has no picture there.");

  static Answer of(JsonNode result) {
    boolean ok = result.path("ok").asBoolean();
    return new Answer(
        ok, ok ? result.path("result").asText() : result.path("error").path("message").asText());
  }

  static Answer of(Event.Result result) {
    return switch (result.outcome()) {
      case Event.Outcome.Answered answered -> new Answer(true, answered.text());
      case Event.Outcome.Failed failed -> new Answer(false, failed.message());
    };
  }

  /** Whether both say the same: in words without regard to outer blanks, or as JSON. */
  boolean says(Answer other) {
    if (!ok || !other.ok) {
      return ok == other.ok;
    }
    if (text.strip().equals(other.text.strip())) {
      return true;
    }
    try {
      JsonNode own = JSON.readTree(text);
      return own.isContainerNode() && own.equals(JSON.readTree(other.text));
    } catch (JsonProcessingException words) {
      return false;
    }
  }
}
