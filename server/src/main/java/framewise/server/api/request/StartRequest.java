package framewise.server.api.request;

import framewise.engine.settings.PromptSettings;
import framewise.engine.settings.StreamFields;
import framewise.engine.settings.StreamSettings;
import framewise.server.http.Fields;
import java.util.List;

/**
 * Reads the body of {@code POST /start-stream}. A missing field gets the original API's default.
 */
public final class StartRequest {
  private StartRequest() {}

  /**
   * Reads all fields.
   *
   * @throws framewise.engine.RefusedException listing every invalid field
   */
  public static StreamSettings read(Fields fields) {
    List<PromptSettings> prompts = PromptsField.read(fields);
    StreamSettings settings =
        FieldReader.start(fields, StreamSettings.of(PromptsField.NO_FIELDS), StreamFields.ALL);
    fields.requireSound();
    return settings.withPrompts(prompts);
  }
}
