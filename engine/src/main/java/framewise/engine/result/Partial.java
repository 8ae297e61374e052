package framewise.engine.result;

import framewise.engine.SessionId;
import java.util.Optional;

/**
 * An answer that the model is still writing. It is neither numbered nor stored; a result with the
 * same id follows.
 *
 * @param id of the result
 * @param name of the prompt, where there are several
 * @param text all text so far
 */
public record Partial(String id, Optional<String> name, Event.ClipInfo clip, String text) {
  /** JSON for the API, one object on one line. */
  public String json(SessionId session) {
    return EventJson.write(session, this);
  }
}
