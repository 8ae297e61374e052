package framewise.engine.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.media.Sampling;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Stream settings as the API shows them and the database keeps them. */
public final class SettingsJson {
  private SettingsJson() {}

  /** One prompt stands in the settings themselves, several stand in {@code prompts} as well. */
  public static ObjectNode write(StreamSettings settings) {
    ObjectNode json = write(settings.first());
    json.remove("name");
    json.put("pace", settings.pace().wireName());
    json.put("loop", settings.loop());
    json.set("processing", write(settings.sampling()));
    settings
        .skipUnchanged()
        .ifPresent(
            skip ->
                json.put("skip_unchanged", skip.threshold())
                    .put("refresh_seconds", skip.refreshSeconds()));
    if (!settings.fallback().isEmpty()) {
      settings.fallback().forEach(json.putArray("fallback")::add);
    }
    settings.budget().ifPresent(dollars -> json.put("budget", dollars));
    if (settings.first().name().isPresent()) {
      var prompts = json.putArray("prompts");
      settings.prompts().forEach(prompt -> prompts.add(write(prompt)));
    }
    return json;
  }

  public static ObjectNode write(Sampling sampling) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("fps", sampling.fps());
    json.put("sampling_ratio", sampling.samplingRatio());
    json.put("clip_length_seconds", sampling.clipLengthSeconds());
    json.put("delay_seconds", sampling.delaySeconds());
    json.put("frames_per_clip", sampling.framesPerClip());
    return json;
  }

  /** Reads what {@link #write(StreamSettings)} wrote. */
  public static StreamSettings read(JsonNode json) {
    JsonNode sampling = json.required("processing");
    return new StreamSettings(
        prompts(json),
        new Sampling(
            sampling.required("fps").asDouble(),
            sampling.required("sampling_ratio").asDouble(),
            sampling.required("clip_length_seconds").asDouble(),
            sampling.required("delay_seconds").asDouble()),
        Optional.ofNullable(json.get("skip_unchanged"))
            .map(
                threshold ->
                    new SkipUnchanged(
                        threshold.asDouble(), json.required("refresh_seconds").asDouble())),
        strings(json.path("fallback")),
        Optional.ofNullable(json.get("budget")).map(JsonNode::asText).map(BigDecimal::new),
        Pace.ofWireName(json.required("pace").asText()).orElseThrow(),
        json.required("loop").asBoolean());
  }

  private static ObjectNode write(PromptSettings prompt) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    prompt.name().ifPresent(name -> json.put("name", name));
    json.put("prompt", prompt.prompt().text());
    prompt.system().ifPresent(text -> json.put("system", text));
    prompt.backend().ifPresent(name -> json.put("backend", name));
    prompt.model().ifPresent(name -> json.put("model", name));
    prompt.outputSchema().ifPresent(schema -> json.set("output_schema", schema));
    prompt.maxOutputTokens().ifPresent(tokens -> json.put("max_output_tokens", tokens));
    return json;
  }

  private static List<PromptSettings> prompts(JsonNode json) {
    if (!json.has("prompts")) {
      return List.of(prompt(json));
    }
    List<PromptSettings> prompts = new ArrayList<>();
    json.get("prompts").forEach(prompt -> prompts.add(prompt(prompt)));
    return prompts;
  }

  private static PromptSettings prompt(JsonNode json) {
    return new PromptSettings(
        text(json, "name"),
        new Prompt(json.required("prompt").asText()),
        text(json, "system"),
        text(json, "backend"),
        text(json, "model"),
        Optional.ofNullable(json.get("output_schema")),
        json.has("max_output_tokens")
            ? OptionalInt.of(json.get("max_output_tokens").asInt())
            : OptionalInt.empty());
  }

  private static Optional<String> text(JsonNode json, String field) {
    return Optional.ofNullable(json.get(field)).map(JsonNode::asText);
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(one -> strings.add(one.asText()));
    return strings;
  }
}
