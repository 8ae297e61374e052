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
record ReplayedAnswer(boolean ok, String text) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Answer for a clip without pictures. */
  static final ReplayedAnswer NO_PICTURE =
      new ReplayedAnswer(false, "The video has no picture at this time.");

  static ReplayedAnswer of(JsonNode result) {
    boolean ok = result.path("ok").asBoolean();
    return new ReplayedAnswer(
        ok, ok ? result.path("result").asText() : result.path("error").path("message").asText());
  }

  static ReplayedAnswer of(Event.Result result) {
    return switch (result.outcome()) {
      case Event.Outcome.Answered answered -> new ReplayedAnswer(true, answered.text());
      case Event.Outcome.Failed failed -> new ReplayedAnswer(false, failed.message());
    };
  }

  /** Whether both are equal: as text without surrounding blanks, or as JSON. Failures are equal. */
  boolean says(ReplayedAnswer other) {
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
