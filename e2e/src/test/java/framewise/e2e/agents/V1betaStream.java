package framewise.e2e.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.e2e.JarService;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A stream of v1beta that a client publishes into.
 *
 * @param url for LiveKit's clients
 * @param token for LiveKit's clients
 */
record V1betaStream(JarService service, String id, String url, String token) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Creates a stream as LiveKit's users do: with an empty object. */
  static V1betaStream made(JarService service) {
    HttpResponse<byte[]> made = send(service, "POST", "/v1beta/streams", "{}");
    assertThat(made.statusCode()).isEqualTo(201);
    JsonNode json = json(made);
    assertThat(json.at("/publish/type").asText()).isEqualTo("livekit");
    return new V1betaStream(
        service,
        json.path("id").asText(),
        json.at("/publish/url").asText(),
        json.at("/publish/token").asText());
  }

  /** Creates a stream for a WHIP publisher; its URL is the WHIP endpoint. */
  static V1betaStream forWhip(JarService service) {
    HttpResponse<byte[]> made = send(service, "POST", "/v1beta/streams", "{\"publish\": \"whip\"}");
    assertThat(made.statusCode()).isEqualTo(201);
    JsonNode json = json(made);
    assertThat(json.at("/publish/type").asText()).isEqualTo("whip");
    return new V1betaStream(
        service, json.path("id").asText(), json.at("/publish/url").asText(), "");
  }

  /** The URL and the token, which a page needs to publish. */
  List<String> access() {
    return List.of(url, token);
  }

  /** Asks the built-in model to read the newest picture. */
  HttpResponse<byte[]> ask() {
    String body =
        """
        {"model": "builtin", "messages": [{"role": "user", "content": [
          {"type": "image_url", "image_url": {"url": "ovs://streams/%s?frame_index=-1"}},
          {"type": "text", "text": "Read any visible text"}]}]}"""
            .formatted(id);
    return send(service, "POST", "/v1beta/chat/completions", body);
  }

  void awaitText(String words) {
    await("a chat reads " + words)
        .atMost(PATIENCE)
        .until(() -> json(ask()).at("/choices/0/message/content").asText().contains(words));
  }

  JsonNode status() {
    return json(send(service, "GET", "/v1beta/streams/" + id, ""));
  }

  String sessionStatus() {
    return json(send(service, "GET", "/sessions/" + id, "")).path("status").asText();
  }

  /** Size of the newest picture; empty before the first. */
  String size() {
    HttpResponse<byte[]> picture = send(service, "GET", "/sessions/" + id + "/snapshot.jpg", "");
    if (picture.statusCode() != 200) {
      return "";
    }
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.body()));
      return image.getWidth() + "x" + image.getHeight();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete() {
    assertThat(send(service, "DELETE", "/v1beta/streams/" + id, "").statusCode()).isEqualTo(200);
  }

  private static JsonNode json(HttpResponse<byte[]> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpResponse<byte[]> send(
      JarService service, String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(service.address() + path))
            .timeout(PATIENCE)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    try {
      return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
