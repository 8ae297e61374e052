package framewise.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.media.picture.FramePool;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Names and pictures for a list of sessions. */
@Timeout(120)
class SessionsHaveNamesAndPicturesTest {
  private static final Map<String, String> ANY = Map.of("FRAMEWISE_URL_SOURCES", "any");

  @TempDir Path folder;

  @Test
  void namesSurviveARestartAndPicturesComeFromTheVideo() throws Exception {
    Path data = folder.resolve("data");
    String id;
    try (var service = RunningService.on(data, ScriptedBackend.echo(), ANY)) {
      TestClient client = service.client();
      id = client.uploaded(TestVideos.words(folder, "HELLO", "mp4"));
      String filename = session(client, id).path("filename").asText();
      assertThat(session(client, id).path("name").asText()).isEqualTo(filename);
      assertThat(session(client, id).has("newest")).isFalse();

      // The session isn't running: a setting for the next clip can't be changed, but the name can.
      assertThat(patch(client, id, "{\"delay_seconds\":2}").statusCode()).isEqualTo(409);
      assertThat(patch(client, id, "{\"delay_seconds\":2,\"name\":\"no\"}").statusCode())
          .isEqualTo(409);
      JsonNode renamed = TestClient.json(patch(client, id, "{\"name\":\"  North gate \"}"));
      assertThat(renamed.path("name").asText()).isEqualTo("North gate");
      assertThat(renamed.path("filename").asText()).isEqualTo(filename);

      refused(client, id, "{\"name\":\"" + "x".repeat(201) + "\"}", "name has 201 characters");
      refused(client, id, "{\"name\":\"a\\u0007b\"}", "name has control characters");
      refused(client, id, "{\"name\":\"a\\u202Eb\"}", "name has control characters");
      refused(client, id, "{\"name\":\"\\uFEFF\"}", "name has control characters");
      refused(client, id, "{\"name\":7}", "name is 7 but must be");
      assertThat(session(client, id).path("name").asText()).isEqualTo("North gate");

      pictures(client, id);
      ofVideoByUrl(client);

      client.post("/start-stream/" + id, "{\"prompt\":\"What is it?\",\"pace\":\"fast\"}");
      await()
          .until(() -> session(client, id).path("newest").path("text").asText().contains("What"));
      assertThat(session(client, id).at("/newest/ok").asBoolean()).isTrue();
    }
    try (var service = RunningService.on(data, ScriptedBackend.echo(), ANY)) {
      TestClient client = service.client();
      JsonNode listed =
          TestClient.json(client.get("/sessions"))
              .path("sessions")
              .valueStream()
              .filter(one -> one.path("session_id").asText().equals(id))
              .findFirst()
              .orElseThrow();
      assertThat(listed.path("name").asText()).isEqualTo("North gate");
      assertThat(listed.at("/newest/text").asText()).contains("What");
      JsonNode back = TestClient.json(patch(client, id, "{\"name\":null}"));
      assertThat(back.path("name").asText()).isEqualTo(back.path("filename").asText());
    }
  }

  private static void pictures(TestClient client, String id) throws Exception {
    BufferedImage usual = image(frame(client, id, ""));
    assertThat(usual.getWidth()).isEqualTo(320);
    BufferedImage small = image(frame(client, id, "?at=0.5&width=64"));
    assertThat(small.getWidth()).isEqualTo(64);
    assertThat(image(frame(client, id, "?at=999999")).getWidth()).isEqualTo(320);
    for (String bad : new String[] {"-1", "x", "NaN", "1000001"}) {
      HttpResponse<byte[]> answer = frame(client, id, "?at=" + bad);
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8))
          .contains("at is \\\"%s\\\" but must be a number from 0 to 1000000".formatted(bad));
    }
    assertThat(FramePool.inUse()).isZero();
  }

  /** Pictures of such video aren't kept, so the session has no picture before it runs. */
  private static void ofVideoByUrl(TestClient client) throws Exception {
    JsonNode made =
        TestClient.json(
            client.post(
                "/sessions", "{\"url\":\"rtsp://u:secret@192.0.2.9/a\",\"name\":\"Yard\"}"));
    String id = made.path("session_id").asText();
    assertThat(frame(client, id, "?at=1").statusCode()).isEqualTo(422);
    assertThat(frame(client, id, "?time=now").statusCode()).isEqualTo(422);
    assertThat(frame(client, id, "?time=2026-01-01T00:00:00Z").statusCode()).isEqualTo(409);
    assertThat(frame(client, id, "").statusCode()).isEqualTo(409);
    String named =
        TestClient.json(patch(client, id, "{\"name\":\"rtsp://u:secret@192.0.2.9/b\"}"))
            .path("name")
            .asText();
    assertThat(named).doesNotContain("secret");
  }

  private static void refused(TestClient client, String id, String body, String why)
      throws Exception {
    HttpResponse<String> answer = patch(client, id, body);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(TestClient.json(answer).path("detail").asText()).startsWith(why);
  }

  private static HttpResponse<String> patch(TestClient client, String id, String body)
      throws Exception {
    return client.send(
        client
            .to("/sessions/" + id)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(body)));
  }

  private static HttpResponse<byte[]> frame(TestClient client, String id, String query)
      throws Exception {
    return client.sendForBytes(client.to("/sessions/" + id + "/frame.jpg" + query).GET());
  }

  private static BufferedImage image(HttpResponse<byte[]> answer) throws Exception {
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/jpeg");
    return ImageIO.read(new ByteArrayInputStream(answer.body()));
  }

  private static JsonNode session(TestClient client, String id) throws Exception {
    return TestClient.json(client.get("/sessions/" + id));
  }
}
