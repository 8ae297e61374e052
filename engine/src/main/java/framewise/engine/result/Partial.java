package framewise.engine.result;

import framewise.engine.SessionId;
import java.util.Optional;

/**
 * An answer that is still being written. It has no number and is not stored; the result with the
 * same id follows it.
 *
 * @param id of the result
 * @param name of the prompt, where there are several
 * @param text everything that was written until now
 */
public record Partial(String id, Optional<String> name, Event.ClipInfo clip, String text) {
  /** As the API shows it, one JSON object in one line. */
  public String json(SessionId session) {
    return EventJson.write(session, this);
  }
}
