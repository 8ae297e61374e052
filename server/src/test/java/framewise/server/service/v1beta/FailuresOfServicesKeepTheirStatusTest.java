package framewise.server.service.v1beta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.session.Inquiries;
import framewise.server.service.OpenAiStub;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FailuresOfServicesKeepTheirStatusTest {
  @TempDir Path folder;

  /** Seen: 413 was reported as {@code upstream_http_400}, 403 as 401, and 500 without a status. */
  @Test
  void errorsHaveTheServicesStatus() throws Exception {
    try (var openai = new OpenAiStub();
        var service =
            RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), openai.settings())) {
      TestClient client = service.client();
      for (int status : new int[] {400, 401, 402, 403, 404, 413, 422, 500}) {
        for (boolean stream : new boolean[] {false, true}) {
          // Success in between, because several failures in a row would pause the back end.
          openai.answerAgain();
          assertThat(ask(client, "openai", stream).statusCode()).isEqualTo(200);
          openai.refuse(status, Map.of());
          HttpResponse<String> answer = ask(client, "openai", stream);
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
          JsonNode error = TestClient.json(answer).at("/detail/error");
          assertThat(error.path("code").asText()).isEqualTo("upstream_http_" + status);
          assertThat(error.path("type").asText()).isEqualTo("upstream_error");
          assertThat(error.at("/upstream/provider").asText()).isEqualTo("openai");
          assertThat(error.at("/upstream/status").asInt()).isEqualTo(status);
        }
      }
      openai.refuse(429, Map.of());
      HttpResponse<String> limited = ask(client, "openai", false);
      assertThat(limited.statusCode()).as(limited.body()).isEqualTo(429);
      assertThat(limited.headers().firstValue("Retry-After")).contains("1");
      assertThat(limited.headers().firstValue("X-RateLimit-Remaining")).contains("0");
      assertThat(limited.headers().firstValue("X-RateLimit-Reset")).contains("1");
    }
  }

  @Test
  void rateLimitsAreInTheHeaders() throws Exception {
    var mayAnswer = new CountDownLatch(1);
    var backend =
        new ScriptedBackend(
            (clip, question) -> {
              mayAnswer.await();
              return "yes";
            });
    try (var service = RunningService.on(folder.resolve("data"), backend, Map.of());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      TestClient client = service.client();
      List<Future<HttpResponse<String>>> asked = new ArrayList<>();
      try {
        for (int i = 0; i <= Inquiries.MAX_COUNT; i++) {
          asked.add(threads.submit(() -> ask(client, "builtin", false)));
        }
        // The others wait for the model.
        await().until(() -> asked.stream().filter(Future::isDone).count() == 1);
        HttpResponse<String> limited =
            asked.stream().filter(Future::isDone).findFirst().orElseThrow().get();
        assertThat(limited.statusCode()).as(limited.body()).isEqualTo(429);
        assertThat(limited.headers().firstValue("Retry-After")).contains("1");
        assertThat(limited.headers().firstValue("X-RateLimit-Limit")).contains("32");
        assertThat(limited.headers().firstValue("X-RateLimit-Remaining")).contains("0");
        assertThat(limited.headers().firstValue("X-RateLimit-Reset")).contains("1");
      } finally {
        mayAnswer.countDown();
      }
      int answered = 0;
      for (Future<HttpResponse<String>> one : asked) {
        answered += one.get().statusCode() == 200 ? 1 : 0;
      }
      assertThat(answered).isEqualTo(Inquiries.MAX_COUNT);
    }
  }

  private static HttpResponse<String> ask(TestClient client, String model, boolean stream)
      throws Exception {
    return client.post(
        "/v1beta/chat/completions",
        "{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}"
            .formatted(model, stream));
  }
}
