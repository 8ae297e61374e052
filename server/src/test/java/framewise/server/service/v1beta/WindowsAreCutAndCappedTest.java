package framewise.server.service.v1beta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.LiveFilm;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A window wider than what is kept, and one with more pictures than a question may have. */
@Timeout(120)
class WindowsAreCutAndCappedTest {
  @TempDir Path folder;

  @Test
  void aHeaderListsOmittedPictures() throws Exception {
    try (var film = LiveFilm.start();
        var service =
            RunningService.on(
                folder.resolve("data"),
                ScriptedBackend.echo(),
                Map.of("FRAMEWISE_URL_SOURCES", "any"))) {
      TestClient client = service.client();
      JsonNode made =
          TestClient.json(
              client.post(
                  "/v1beta/streams",
                  "{\"source\":{\"type\":\"hls\",\"url\":\"%s\"},\"keep\":{\"seconds\":10,\"fps\":2}}"
                      .formatted(film.url())));
      String stream = made.path("id").asText();
      await().until(() -> status(client, stream).path("retained_frame_count").asInt() > 1);
      HttpResponse<String> whole = ask(client, stream, "video", "start_offset_ms=-3600000");
      assertThat(whole.statusCode()).as(whole.body()).isEqualTo(200);
      assertThat(whole.headers().firstValue("X-Framewise-Window")).isEmpty();

      await().until(() -> status(client, stream).path("evicted_frame_count").asInt() > 0);
      HttpResponse<String> cut = ask(client, stream, "video", "start_timestamp_ms=0&max_fps=2");
      assertThat(cut.statusCode()).as(cut.body()).isEqualTo(200);
      assertThat(cut.headers().firstValue("X-Framewise-Window")).contains("cut");
      HttpResponse<String> recent = ask(client, stream, "video", "start_offset_ms=-2000");
      assertThat(recent.headers().firstValue("X-Framewise-Window")).isEmpty();
      HttpResponse<String> evicted = ask(client, stream, "image", "frame_index=0");
      assertThat(evicted.statusCode()).isEqualTo(410);
      assertThat(TestClient.json(evicted).at("/detail/error/code").asText())
          .isEqualTo("frame_evicted");
    }
  }

  @Test
  void aHundredPicturesAreThinnedAsDocumented() throws Exception {
    try (var service =
        RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), Map.of())) {
      TestClient client = service.client();
      String file = client.uploaded(TestVideos.moving(folder, 10));
      HttpResponse<String> answer = ask(client, file, "video", "start_frame_index=0&max_fps=100");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.headers().firstValue("X-Framewise-Frame-Cap")).contains("32");
      assertThat(answer.headers().firstValue("X-Framewise-Frames")).contains("32 of 100");
    }
  }

  private static JsonNode status(TestClient client, String stream) throws Exception {
    return TestClient.json(client.get("/v1beta/streams/" + stream));
  }

  private static HttpResponse<String> ask(
      TestClient client, String stream, String kind, String query) throws Exception {
    return client.post(
        "/v1beta/chat/completions",
        """
        {"model":"x","messages":[{"role":"user","content":[{"type":"%1$s_url",
         "%1$s_url":{"url":"ovs://streams/%2$s?%3$s"}}]}]}
        """
            .formatted(kind, stream, query));
  }
}
