package framewise.server.service.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.media.picture.Clip;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.vision.Answer;
import framewise.vision.AnswerException;
import framewise.vision.AskListener;
import framewise.vision.ClipBackend;
import framewise.vision.Question;
import framewise.vision.Readiness;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Regression: with 20 sessions to resume, a start answered nothing for 8 s, and for 29 s under
 * load.
 */
@Timeout(180)
class ServiceAnswersWhileItsSessionsResumeTest {
  private static final int SESSIONS = 20;
  private static final Map<String, String> SETTINGS = Map.of("FRAMEWISE_MAX_STREAMS", "32");

  @TempDir Path folder;

  @Test
  void probesListsAndStopsAreImmediate() throws Exception {
    Path video = TestVideos.moving(folder, 1);
    Path data = folder.resolve("data");
    try (var service = RunningService.on(data, ScriptedBackend.echo(), SETTINGS)) {
      for (int i = 0; i < SESSIONS; i++) {
        String _ =
            service.client().stream(video, "{\"prompt\":\"x\",\"loop\":true,\"delay_seconds\":60}");
      }
    }
    var held = new HeldBackend();
    try (var service = RunningService.on(data, held, SETTINGS)) {
      TestClient client = service.client();
      try {
        assertThat(client.get("/health/live").statusCode()).isEqualTo(200);
        JsonNode ready = TestClient.json(client.get("/health/ready"));
        assertThat(ready.path("status").asText()).isEqualTo("resuming");
        assertThat(ready.path("resuming").asInt()).isEqualTo(SESSIONS);
        JsonNode list = TestClient.json(client.get("/sessions?limit=200"));
        assertThat(list.path("total").asInt()).isEqualTo(SESSIONS);
        assertThat(list.path("sessions"))
            .hasSize(SESSIONS)
            .allMatch(session -> session.path("status").asText().equals("streaming"));
        assertThat(client.uploaded(video)).isNotEmpty();
        // A session can be stopped before it resumes; the newest resumes last.
        String last = list.path("sessions").path(0).path("session_id").asText();
        assertThat(client.post("/stop-stream/" + last, "").statusCode()).isEqualTo(200);
      } finally {
        held.release.countDown();
      }
      await()
          .until(
              () ->
                  TestClient.json(client.get("/health/ready"))
                      .path("status")
                      .asText()
                      .equals("ok"));
      JsonNode root = TestClient.json(client.get("/"));
      assertThat(root.path("active_sessions").asInt()).isEqualTo(SESSIONS - 1);
    }
  }

  /** Blocks the thread that resumes sessions, and no other. */
  private static final class HeldBackend implements ClipBackend {
    private final ScriptedBackend script = ScriptedBackend.echo();
    final CountDownLatch release = new CountDownLatch(1);

    @Override
    public String name() {
      return script.name();
    }

    @Override
    public Readiness readiness() {
      if (Thread.currentThread().getName().equals("resume")) {
        try {
          release.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return script.readiness();
    }

    @Override
    public List<String> models() {
      return script.models();
    }

    @Override
    public List<String> capabilities() {
      return script.capabilities();
    }

    @Override
    public int concurrency() {
      return script.concurrency();
    }

    @Override
    public Answer ask(Clip clip, Question question, AskListener listener)
        throws AnswerException, InterruptedException {
      return script.ask(clip, question, listener);
    }
  }
}
