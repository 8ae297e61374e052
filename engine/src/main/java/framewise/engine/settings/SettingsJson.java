package framewise.engine.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stream settings as JSON, for the API and the database. */
public final class SettingsJson {
  private static final int SHOWN_PROMPT = 200;

  private SettingsJson() {}

  /**
   * Writes all settings. The first prompt's fields are at the top level; several prompts are also
   * in {@code prompts}.
   */
  public static ObjectNode write(StreamSettings settings) {
    ObjectNode json =
        settings.prompts().stream()
            .findFirst()
            .map(SettingsJson::write)
            .orElseGet(JsonNodeFactory.instance::objectNode);
    json.remove("name");
    StreamFields.ALL.forEach(field -> field.write(json, settings));
    json.withObjectProperty(StreamFields.PROCESSING)
        .put("frames_per_clip", settings.sampling().framesPerClip());
    if (settings.isNamed()) {
      var prompts = json.putArray("prompts");
      settings.prompts().forEach(prompt -> prompts.add(write(prompt)));
    }
    return json;
  }

  /** Writes settings for lists: without long values, and with prompts shortened. */
  public static ObjectNode writeBrief(StreamSettings settings) {
    ObjectNode json = write(settings);
    shorten(json);
    json.path("prompts").forEach(prompt -> shorten((ObjectNode) prompt));
    return json;
  }

  /** Reads what {@link #write(StreamSettings)} wrote. */
  public static StreamSettings read(JsonNode json) {
    List<PromptSettings> prompts = prompts(json);
    StreamSettings settings = StreamSettings.NO_QUESTION.withPrompts(prompts);
    for (SettingField<StreamSettings, ?> field : StreamFields.ALL) {
      settings = field.read(json, settings);
    }
    return settings;
  }

  private static ObjectNode write(PromptSettings prompt) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    prompt.name().ifPresent(name -> json.put("name", name));
    json.put("prompt", prompt.prompt().text());
    PromptFields.ALL.forEach(field -> field.write(json, prompt));
    return json;
  }

  private static List<PromptSettings> prompts(JsonNode json) {
    if (!json.has("prompts") && !json.has("prompt")) {
      return List.of();
    }
    if (!json.has("prompts")) {
      return List.of(prompt(json));
    }
    List<PromptSettings> prompts = new ArrayList<>();
    json.get("prompts").forEach(prompt -> prompts.add(prompt(prompt)));
    return prompts;
  }

  private static PromptSettings prompt(JsonNode json) {
    PromptSettings prompt =
        PromptSettings.of(new Prompt(json.required("prompt").asText()))
            .withName(Optional.ofNullable(json.get("name")).map(JsonNode::asText));
    for (SettingField<PromptSettings, ?> field : PromptFields.ALL) {
      prompt = field.read(json, prompt);
    }
    return prompt;
  }

  private static void shorten(ObjectNode prompt) {
    prompt.remove(List.of("output_schema", "system"));
    String text = prompt.path("prompt").asText();
    if (text.codePointCount(0, text.length()) > SHOWN_PROMPT) {
      prompt.put("prompt", text.substring(0, text.offsetByCodePoints(0, SHOWN_PROMPT)) + "…");
    }
  }
}
