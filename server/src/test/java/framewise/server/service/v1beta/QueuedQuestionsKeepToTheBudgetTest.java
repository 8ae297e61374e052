package framewise.server.service.v1beta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.server.service.OpenAiStub;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each answer costs $0.004: 1,000 input tokens at $2.50 and 100 output tokens at $15 a million.
 * Seen: a question that waited for its turn was sent although the budget had been used up by then.
 */
@Timeout(120)
class QueuedQuestionsKeepToTheBudgetTest {
  private static final int QUESTIONS = 14;

  @TempDir Path folder;

  @Test
  void ofADay() throws Exception {
    try (var openai = new OpenAiStub();
        var service = service(openai, Map.of("FRAMEWISE_DAILY_BUDGET", "0.01"))) {
      TestClient client = service.client();
      keepsTo(client, openai, "");
      double usd = TestClient.json(client.get("/usage")).at("/spent/usd").asDouble();
      assertThat(usd).isBetween(0.009, 0.0121);
    }
  }

  @Test
  void ofASession() throws Exception {
    try (var openai = new OpenAiStub();
        var service = service(openai, Map.of())) {
      TestClient client = service.client();
      String id =
          client.stream(
              TestVideos.moving(folder, 5),
              "{\"prompt\":\"?\",\"backend\":\"builtin\",\"loop\":true,\"budget\":0.01}");
      var _ = client.socket("/ws/" + id + "?since=0").next("result");
      keepsTo(client, openai, id);
      assertThat(TestClient.json(client.get("/sessions/" + id)).at("/spent/usd").asDouble())
          .isBetween(0.009, 0.0121);
    }
  }

  private static void keepsTo(TestClient client, OpenAiStub openai, String session)
      throws Exception {
    openai.hold();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < QUESTIONS; i++) {
        answers.add(threads.submit(() -> ask(client, session)));
      }
      await().until(() -> !openai.asked().isEmpty());
      openai.letGo();
      int paid = 0;
      for (Future<HttpResponse<String>> answer : answers) {
        HttpResponse<String> one = answer.get();
        if (one.statusCode() == 200) {
          paid++;
        } else {
          assertThat(one.statusCode()).as(one.body()).isEqualTo(402);
          assertThat(one.body()).contains("billing_denied", "0.01");
        }
      }
      assertThat(openai.asked()).as("the third one uses up the budget").hasSize(3);
      assertThat(paid).isEqualTo(3);
    }
  }

  private RunningService service(OpenAiStub openai, Map<String, String> more) throws Exception {
    Map<String, String> settings = new HashMap<>(openai.settings());
    settings.putAll(more);
    return RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), settings);
  }

  private static HttpResponse<String> ask(TestClient client, String session) throws Exception {
    String content =
        session.isEmpty()
            ? "\"a\""
            : """
              [{"type":"text","text":"a"},
               {"type":"image_url","image_url":{"url":"ovs://streams/%s?frame_index=0"}}]
              """
                .formatted(session);
    return client.post(
        "/v1beta/chat/completions",
        "{\"model\":\"openai\",\"messages\":[{\"role\":\"user\",\"content\":%s}]}"
            .formatted(content));
  }
}
