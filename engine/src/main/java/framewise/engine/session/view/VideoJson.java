package framewise.engine.session.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.media.MediaTime;
import framewise.media.VideoInfo;
import java.util.Optional;

/** A video's properties as JSON, for the API and the database. */
public final class VideoJson {
  private VideoJson() {}

  /** Writes the properties as an object, or JSON null while they are unknown. */
  public static JsonNode write(Optional<VideoInfo> video) {
    return video.<JsonNode>map(VideoJson::write).orElseGet(NullNode::getInstance);
  }

  private static ObjectNode write(VideoInfo video) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    video
        .duration()
        .ifPresentOrElse(
            length -> json.put("duration_seconds", length.seconds()),
            () -> json.putNull("duration_seconds"));
    json.put("width", video.width());
    json.put("height", video.height());
    if (video.fps() > 0) {
      json.put("fps", Math.round(video.fps() * 1000) / 1000.0);
    } else {
      json.putNull("fps");
    }
    json.put("codec", video.codec());
    json.put("container", video.container());
    return json;
  }

  /** Reads what {@link #write} wrote. */
  public static Optional<VideoInfo> read(JsonNode json) {
    return json.isNull() ? Optional.empty() : Optional.of(video(json));
  }

  private static VideoInfo video(JsonNode json) {
    JsonNode duration = json.required("duration_seconds");
    return new VideoInfo(
        json.required("container").asText(),
        json.required("codec").asText(),
        json.required("width").asInt(),
        json.required("height").asInt(),
        json.required("fps").asDouble(0),
        duration.isNull()
            ? Optional.empty()
            : Optional.of(MediaTime.ofSeconds(duration.asDouble())));
  }
}
