package framewise.server.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.atlassian.oai.validator.model.Request;
import framewise.engine.session.Inquiries;
import framewise.engine.session.Lookbacks;
import framewise.server.service.AccessFixture;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.server.service.contract.Contract;
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

/**
 * Seen: one operator used all slots for questions, look-backs or streaming sessions, and
 * administrators were refused.
 */
@Timeout(120)
class NoCallerTakesAllPlacesTest {
  private static final Contract CONTRACT = new Contract("openapi.yaml", "");

  @TempDir Path folder;
  private String session = "";
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private final ScriptedBackend backend =
      new ScriptedBackend(
          (clip, question) -> {
            mayAnswer.await();
            return "yes";
          });

  @Test
  void ofQuestions() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), backend, Map.of());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var access = new AccessFixture(service.client());
      String[] greedy = access.key("operator");
      String[] other = access.key("operator");
      try {
        List<Future<HttpResponse<String>>> asked = new ArrayList<>();
        for (int i = 0; i <= Inquiries.MAX_COUNT / 2; i++) {
          asked.add(threads.submit(() -> ask(access, greedy)));
        }
        await().until(() -> asked.stream().filter(Future::isDone).count() == 1);
        HttpResponse<String> refused =
            asked.stream().filter(Future::isDone).findFirst().orElseThrow().get();
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
        assertThat(refused.body()).contains("16 of your questions are being answered");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.headers().firstValue("X-RateLimit-Limit")).contains("16");
        Future<HttpResponse<String>> others = threads.submit(() -> ask(access, other));
        Future<HttpResponse<String>> admins =
            threads.submit(() -> ask(access, access.admin().headers()));
        mayAnswer.countDown();
        assertThat(others.get().statusCode()).as(others.get().body()).isEqualTo(200);
        assertThat(admins.get().statusCode()).as(admins.get().body()).isEqualTo(200);
        long answered = 0;
        for (Future<HttpResponse<String>> one : asked) {
          answered += one.get().statusCode() == 200 ? 1 : 0;
        }
        assertThat(answered).isEqualTo(Inquiries.MAX_COUNT / 2);
        assertThat(ask(access, greedy).statusCode()).as("the places are free").isEqualTo(200);
      } finally {
        mayAnswer.countDown();
      }
    }
  }

  @Test
  void ofLookbacks() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), backend, Map.of())) {
      TestClient client = service.client();
      var access = new AccessFixture(client);
      String[] greedy = access.key("operator");
      String[] other = access.key("operator");
      try {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < Lookbacks.MAX_COUNT / 2; i++) {
          HttpResponse<String> made = lookBack(access, greedy);
          assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
          paths.add(made.headers().firstValue("Location").orElseThrow());
        }
        HttpResponse<String> refused = lookBack(access, greedy);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
        assertThat(refused.body()).contains("2 of your look-backs are running");
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        CONTRACT.fits(Request.Method.POST, "/sessions/" + session + "/lookbacks", refused);
        assertThat(lookBack(access, other).statusCode()).isEqualTo(201);
        assertThat(lookBack(access, access.admin().headers()).statusCode()).isEqualTo(201);
        assertThat(client.send(client.to(paths.getFirst(), greedy).DELETE()).statusCode())
            .isEqualTo(200);
        assertThat(lookBack(access, greedy).statusCode()).as("a place is free").isEqualTo(201);
      } finally {
        mayAnswer.countDown();
      }
    }
  }

  @Test
  void ofStreamingSessions() throws Exception {
    try (var service =
        RunningService.on(folder.resolve("data"), backend, Map.of("FRAMEWISE_MAX_STREAMS", "8"))) {
      var access = new AccessFixture(service.client());
      String[] greedy = access.key("operator");
      try {
        for (int i = 0; i < 7; i++) {
          AccessFixture.ok(started(access, greedy));
        }
        HttpResponse<String> refused = started(access, greedy);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.body()).contains("too_many_streams", "7 of your sessions are streaming");
        AccessFixture.ok(started(access, access.key("operator")));
      } finally {
        mayAnswer.countDown();
      }
    }
  }

  private HttpResponse<String> started(AccessFixture access, String... by) throws Exception {
    String id = access.uploaded(TestVideos.moving(folder, 3), by);
    return access.post("/start-stream/" + id, "{\"prompt\":\"x\"}", by);
  }

  private HttpResponse<String> lookBack(AccessFixture access, String... by) throws Exception {
    session = access.uploaded(TestVideos.moving(folder, 3), by);
    return access.post(
        "/sessions/" + session + "/lookbacks",
        "{\"prompt\":\"x\",\"start_seconds\":0,\"end_seconds\":3}",
        by);
  }

  private static HttpResponse<String> ask(AccessFixture access, String... by) throws Exception {
    return access.post(
        "/v1beta/chat/completions",
        "{\"model\":\"builtin\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
        by);
  }
}
