package framewise.engine.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.media.Sampling;
import framewise.vision.Reasoning;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stream settings as the API shows them and the database keeps them. */
public final class SettingsJson {
  /** How long the schema of an answer may be, as JSON text in UTF-8. */
  public static final int MAX_SCHEMA_BYTES = 64 << 10;

  private static final int SHOWN_PROMPT = 200;
  private static final Logger LOG = LoggerFactory.getLogger(SettingsJson.class);

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

  /** What lists show of settings: without what may be long, and with the beginnings of prompts. */
  public static ObjectNode writeBrief(StreamSettings settings) {
    ObjectNode json = write(settings);
    shorten(json);
    json.path("prompts").forEach(prompt -> shorten((ObjectNode) prompt));
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
    prompt.reasoning().ifPresent(reasoning -> json.put("reasoning", reasoning.wireName()));
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
        Optional.ofNullable(json.get("output_schema")).filter(SettingsJson::isUsable),
        json.has("max_output_tokens")
            ? OptionalInt.of(json.get("max_output_tokens").asInt())
            : OptionalInt.empty(),
        text(json, "reasoning").flatMap(Reasoning::ofWireName));
  }

  /** Earlier versions took schemas of any length, which filled the memory of later starts. */
  private static boolean isUsable(JsonNode schema) {
    int bytes = schema.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_SCHEMA_BYTES) {
      LOG.warn(
          "A stored session has an output_schema of {} KB: it is left out, the limit is {} KB",
          bytes >> 10,
          MAX_SCHEMA_BYTES >> 10);
    }
    return bytes <= MAX_SCHEMA_BYTES;
  }

  private static void shorten(ObjectNode prompt) {
    prompt.remove(List.of("output_schema", "system"));
    String text = prompt.path("prompt").asText();
    if (text.codePointCount(0, text.length()) > SHOWN_PROMPT) {
      prompt.put("prompt", text.substring(0, text.offsetByCodePoints(0, SHOWN_PROMPT)) + "…");
    }
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
