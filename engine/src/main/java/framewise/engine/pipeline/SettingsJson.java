package framewise.engine.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.media.Sampling;
import java.util.Optional;
import java.util.OptionalInt;

/** Stream settings as the API shows them and the database keeps them. */
public final class SettingsJson {
  private SettingsJson() {}

  public static ObjectNode write(StreamSettings settings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("prompt", settings.prompt().text());
    settings.backend().ifPresent(name -> json.put("backend", name));
    settings.model().ifPresent(name -> json.put("model", name));
    json.put("pace", settings.pace().wireName());
    json.put("loop", settings.loop());
    settings.outputSchema().ifPresent(schema -> json.set("output_schema", schema));
    settings.maxOutputTokens().ifPresent(tokens -> json.put("max_output_tokens", tokens));
    json.set("processing", write(settings.sampling()));
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
        new Prompt(json.required("prompt").asText()),
        Optional.ofNullable(json.get("backend")).map(JsonNode::asText),
        Optional.ofNullable(json.get("model")).map(JsonNode::asText),
        new Sampling(
            sampling.required("fps").asDouble(),
            sampling.required("sampling_ratio").asDouble(),
            sampling.required("clip_length_seconds").asDouble(),
            sampling.required("delay_seconds").asDouble()),
        Optional.ofNullable(json.get("output_schema")),
        json.has("max_output_tokens")
            ? OptionalInt.of(json.get("max_output_tokens").asInt())
            : OptionalInt.empty(),
        Pace.ofWireName(json.required("pace").asText()).orElseThrow(),
        json.required("loop").asBoolean());
  }
}
