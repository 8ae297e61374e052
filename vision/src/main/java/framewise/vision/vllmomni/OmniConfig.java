package framewise.vision.vllmomni;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The first message of a session.
 *
 * @param model empty for the server's
 * @param frames number of pictures for each answer; at most {@value #MAX_FRAMES} are used
 */
record OmniConfig(String model, Optional<String> system, OptionalInt longest, int frames) {
  /** The server's limit. */
  private static final int MAX_FRAMES = 128;

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", "session.config");
    if (!model.isEmpty()) {
      json.put("model", model);
    }
    json.putArray("modalities").add("text");
    int newest = Math.clamp(frames, 1, MAX_FRAMES);
    // The server asks its model about all pictures that it keeps.
    json.put("num_frames", newest).put("max_frames", newest);
    // Framewise has chosen the pictures already; a filter would let an unchanged scene get old.
    json.put("enable_frame_filter", false).put("use_audio_in_video", false);
    system.ifPresent(text -> json.put("system_prompt", text));
    longest.ifPresent(
        tokens -> json.putArray("sampling_params_list").addObject().put("max_tokens", tokens));
    return json;
  }
}
