package framewise.server.service.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.atlassian.oai.validator.model.Request.Method;
import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.server.service.contract.Contract;
import framewise.testing.SmallDisk;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uses a real file system of 24 MB, which only root can mount. */
@Timeout(120)
class FullDiskIsAnsweredEverywhereTest {
  @TempDir Path folder;
  private final Contract contract = new Contract("openapi.yaml", "");
  private final Semaphore mayAnswer = new Semaphore(0);

  private SmallDisk disk;

  @BeforeEach
  void mount() throws IOException {
    disk = SmallDisk.mount(folder.resolve("disk"), 24);
  }

  @AfterEach
  void unmount() throws IOException {
    disk.close();
  }

  @Test
  void withTheReasonUntilThereIsSpace() throws Exception {
    Path video = TestVideos.moving(folder, 3);
    var backend =
        new ScriptedBackend(
            (clip, question) -> {
              mayAnswer.acquire();
              return "x".repeat(100) + clip.index();
            });
    try (var service = RunningService.on(disk.path().resolve("data"), backend, Map.of())) {
      TestClient client = service.client();
      String streaming = client.stream(video, "{\"prompt\":\"x\",\"pace\":\"fast\"}");
      String idle = client.uploaded(video);
      disk.fill();
      // The database files have some free space: fill it with prompts.
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> prompt(client, streaming).statusCode() != 200);

      assertFull(Method.POST, "/update-prompt/{session_id}", prompt(client, streaming));
      assertFull(Method.POST, "/upload-video", client.upload(video));
      assertFull(
          Method.POST,
          "/start-stream/{session_id}",
          client.post("/start-stream/" + idle, "{\"prompt\":\"x\"}"));
      assertFull(
          Method.POST,
          "/sessions",
          client.post("/sessions", "{\"url\":\"http://192.168.7.7/a.mp4\",\"name\":\"a\"}"));
      JsonNode root = TestClient.json(client.get("/"));
      assertThat(root.at("/storage/ok").asBoolean(true)).isFalse();
      assertThat(root.at("/storage/code").asText()).isEqualTo("disk_full");
      assertThat(client.get("/health/ready").statusCode()).isEqualTo(503);
      assertThat(client.get("/sessions").statusCode()).isEqualTo(200);
      assertThat(client.get("/sessions/" + idle).body()).contains("\"uploaded\"");

      assertThat(client.post("/stop-stream/" + streaming, "").statusCode()).isEqualTo(200);
      assertThat(TestClient.json(client.get("/")).path("active_sessions").asInt()).isZero();
      assertThat(client.delete("/sessions/" + idle).statusCode()).isEqualTo(204);
      assertThat(client.delete("/sessions/" + streaming).statusCode()).isEqualTo(204);

      disk.free();
      assertThat(client.upload(video).statusCode()).isEqualTo(200);
      JsonNode after = TestClient.json(client.get("/"));
      assertThat(after.at("/storage/ok").asBoolean()).isTrue();
    }
  }

  @Test
  void aMissingVideoIsGone() throws Exception {
    try (var service = RunningService.on(disk.path().resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      String id = client.uploaded(TestVideos.moving(folder, 1));
      Files.delete(disk.path().resolve("data/videos").resolve(id));
      var got = client.get("/sessions/" + id + "/video");
      assertThat(got.statusCode()).isEqualTo(410);
      assertThat(got.body()).contains("video_missing").contains("results are still there");
      contract.fits(Method.GET, "/sessions/{session_id}/video", got);
      var started = client.post("/start-stream/" + id, "{\"prompt\":\"x\"}");
      assertThat(started.statusCode()).isEqualTo(410);
      contract.fits(Method.POST, "/start-stream/{session_id}", started);
    }
  }

  private void assertFull(Method method, String path, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(507);
    assertThat(answer.body()).contains("disk_full").contains("The disk is full");
    contract.fits(method, path, answer);
  }

  private static HttpResponse<String> prompt(TestClient client, String session)
      throws IOException, InterruptedException {
    return client.post(
        "/update-prompt/" + session, "{\"prompt\":\"%s\"}".formatted("x".repeat(8_000)));
  }
}
