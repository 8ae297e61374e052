package framewise.server.service.overshoot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.server.service.EventClient;
import framewise.server.service.TestClient;
import framewise.server.service.publish.VideoSender;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** Client written by hand from the description of the Overshoot API v0.2. */
public final class OvershootClient {
  public static final String KEY = "ovs_test_4711";

  private final TestClient client;
  private final String base;
  private final String key;

  public OvershootClient(TestClient client, String key) {
    this(client, "/api/v0.2", key);
  }

  public OvershootClient(TestClient client, String base, String key) {
    this.client = client;
    this.base = base;
    this.key = key;
  }

  /** Request body as the first JavaScript client sends it. */
  public static ObjectNode order(String offer) {
    ObjectNode body = TestClient.JSON.createObjectNode();
    body.putObject("webrtc").put("type", "offer").put("sdp", offer);
    body.putObject("processing")
        .put("sampling_ratio", 0.1)
        .put("fps", 29.97)
        .put("clip_length_seconds", 1)
        .put("delay_seconds", 1);
    body.putObject("inference")
        .put("prompt", "what is it")
        .put("backend", "overshoot")
        .put("model", "Qwen/Qwen3-VL-30B-A3B-Instruct");
    return body;
  }

  /** The same with a result every 0.1 s, to keep tests fast. */
  public static ObjectNode quickOrder(String offer) {
    ObjectNode body = order(offer);
    body.withObject("/processing").put("clip_length_seconds", 0.1).put("delay_seconds", 0.2);
    return body;
  }

  /** Creates a stream of the sender's video and returns the response's body. */
  public JsonNode created(VideoSender sender) throws Exception {
    return created(sender, quickOrder(sender.offer()));
  }

  public JsonNode created(VideoSender sender, ObjectNode order) throws Exception {
    var response = create(order);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    JsonNode body = TestClient.json(response);
    sender.accept(body.required("webrtc").required("sdp").asText());
    return body;
  }

  public HttpResponse<String> create(JsonNode order) throws IOException, InterruptedException {
    return call("POST", "/streams", order.toString());
  }

  public HttpResponse<String> call(String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        client
            .to(
                base + path,
                "Content-Type",
                "application/json",
                "Authorization",
                "Bearer " + key,
                "Origin",
                "http://localhost:5173")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return call("GET", path, "");
  }

  /** Results socket that has sent its key. */
  public EventClient results(String stream) {
    EventClient socket = socket(stream);
    socket.say("{\"api_key\":\"%s\"}".formatted(key));
    return socket;
  }

  /** Results socket that has sent nothing yet. */
  EventClient socket(String stream) {
    return client.socket(base + "/ws/streams/" + stream);
  }
}
