package framewise.server.api;

import framewise.engine.pipeline.PromptSettings;
import framewise.engine.pipeline.StreamFields;
import framewise.engine.pipeline.StreamSettings;
import framewise.server.http.Fields;
import java.util.List;

/**
 * Reads what {@code POST /start-stream} is asked for. What is left out has the original's value.
 */
public final class StartRequest {
  private StartRequest() {}

  /**
   * Reads all fields.
   *
   * @throws framewise.engine.RefusedException naming every bad one
   */
  public static StreamSettings read(Fields fields) {
    List<PromptSettings> prompts = PromptsField.read(fields);
    StreamSettings settings =
        FieldReader.start(fields, StreamSettings.of(PromptsField.UNSAID), StreamFields.ALL);
    fields.requireSound();
    return settings.withPrompts(prompts);
  }
}
