package framewise.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import framewise.testing.ChatWire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Probes succeed while a few clients download subtitles of very long answers, each of which takes
 * seconds of CPU time.
 */
class ProbesSucceedDuringLargeDownloadsTest {
  private static final int CHARACTERS = 200_000;
  private static final int CLIENTS = 40;
  private static final int PROBES = 50;

  /** The time after which a supervisor would restart the service. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void livenessProbesSucceedDuringALargeDownload() throws Exception {
    HttpServer model = talkative();
    try (JarService service =
        JarService.with(
                Map.of(
                    "OPENAI_API_KEY",
                    "sk-test-0123456789",
                    "OPENAI_BASE_URL",
                    "http://127.0.0.1:%d/v1".formatted(model.getAddress().getPort())))
            .start()) {
      String session = service.post("/sessions/demo").path("session_id").asText();
      service.post(
          "/start-stream/" + session,
          Map.of("prompt", "Tell all", "pace", "fast", "backend", "openai", "delay_seconds", 0.2));
      await("the video is over")
          .atMost(Duration.ofMinutes(2))
          .until(
              () -> service.get("/sessions/" + session).path("status").asText().equals("finished"));
      URI subtitles = URI.create(service.address() + "/sessions/" + session + "/results.vtt");
      URI probe = URI.create(service.address() + "/health/live");
      var enough = new AtomicBoolean();
      var downloads = new AtomicInteger();
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(Thread.startVirtualThread(() -> download(subtitles, enough, downloads)));
      }
      await("downloads are under way").until(() -> downloads.get() >= CLIENTS);
      List<Integer> statuses = new ArrayList<>();
      int before = downloads.get();
      int ended;
      try {
        for (int i = 0; i < PROBES; i++) {
          statuses.add(
              http.send(
                      HttpRequest.newBuilder(probe).timeout(PATIENCE).build(),
                      BodyHandlers.discarding())
                  .statusCode());
        }
        ended = downloads.get() - before;
      } finally {
        enough.set(true);
        for (Thread client : clients) {
          client.join();
        }
      }
      assertThat(statuses).containsOnly(200);
      assertThat(ended).as("downloads that ended meanwhile").isLessThan(PROBES);
    } finally {
      model.stop(0);
    }
  }

  private void download(URI subtitles, AtomicBoolean enough, AtomicInteger downloads) {
    while (!enough.get()) {
      downloads.incrementAndGet();
      try {
        int status =
            http.send(HttpRequest.newBuilder(subtitles).build(), BodyHandlers.discarding())
                .statusCode();
        assertThat(status).isEqualTo(200);
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A model server whose every answer is another long text. */
  private static HttpServer talkative() {
    var wire = new ChatWire("gpt-5.4", 10, 10);
    var answers = new AtomicInteger();
    return ChatWire.start(
        0,
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          ChatWire.send(
              exchange,
              200,
              wire.answer(
                  "%d %s"
                      .formatted(
                          answers.incrementAndGet(), "Somebody walks. ".repeat(CHARACTERS / 16))));
        });
  }
}
