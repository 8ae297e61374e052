package framewise.server.service.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.EventClient;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A published video becomes a session whose answers arrive. */
@Timeout(120)
class SendersPublishOverWhipTest {
  @TempDir Path folder;
  private RunningService service;
  private WhipClient whip;

  @BeforeEach
  void start() throws Exception {
    service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo());
    whip = new WhipClient(service.client());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void theQuerySetsTheSampling() throws Exception {
    try (var sender = new VideoSender()) {
      WhipClient.Published published =
          whip.publish(
              sender,
              "/whip?prompt=who+is%20there&name=Front+door&delay_seconds=0.2&fps=5"
                  + "&max_output_tokens=50&a_word_of_the_future=1");
      var headers = published.response().headers();
      assertThat(headers.firstValue("Content-Type")).contains("application/sdp");
      assertThat(published.tag()).matches("\"[^\"]+\"");
      assertThat(published.response().body()).startsWith("v=0").contains("a=recvonly");

      EventClient events = service.client().socket("/ws/" + published.session());
      JsonNode result = events.until(event -> isResult(event)).getLast();
      assertThat(result.path("result").asText()).startsWith("who is there #");
      JsonNode session = session(published.session());
      assertThat(session.path("source").path("type").asText()).isEqualTo("whip");
      assertThat(session.path("filename").asText()).isEqualTo("Front door");
      assertThat(session.path("video").path("width").asInt()).isEqualTo(320);
      JsonNode processing = session.path("settings").path("processing");
      assertThat(processing.path("delay_seconds").asDouble()).isEqualTo(0.2);
      assertThat(processing.path("fps").asDouble()).isEqualTo(5);
    }
  }

  @Test
  void withoutAQueryTheDefaultsApply() throws Exception {
    try (var sender = new VideoSender()) {
      WhipClient.Published published = whip.publish(sender, "/whip");
      JsonNode session = session(published.session());
      assertThat(session.path("settings").path("prompt").asText())
          .isEqualTo("Describe what you see in few words");
      assertThat(session.path("filename").asText()).isEqualTo("WHIP stream");
      assertThat(session.path("settings").path("processing").path("delay_seconds").asDouble())
          .isEqualTo(1);
    }
  }

  @Test
  void deletingItEndsTheSession() throws Exception {
    try (var sender = new VideoSender()) {
      WhipClient.Published published =
          whip.publish(sender, "/whip?source=webcam&delay_seconds=0.2");
      EventClient events = service.client().socket("/ws/" + published.session());
      events.until(event -> isResult(event));
      assertThat(whip.call("DELETE", published.path()).statusCode()).isEqualTo(200);
      JsonNode end = events.untilEnd().getLast();
      assertThat(end.path("status").asText()).isEqualTo("finished");
      assertThat(end.path("reason").asText()).isEqualTo("The video's sender ended it.");
      assertThat(session(published.session()).path("source").path("type").asText())
          .isEqualTo("webcam");
      assertThat(whip.call("DELETE", published.path()).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void theUrlIsReusableAfterTheEnd() throws Exception {
    String id;
    try (var sender = new VideoSender()) {
      WhipClient.Published first =
          whip.publish(sender, "/whip?prompt=one&delay_seconds=0.2&name=Gate");
      id = first.session();
      EventClient events = service.client().socket("/ws/" + id);
      events.until(event -> isResult(event));
      assertThat(whip.call("DELETE", first.path()).statusCode()).isEqualTo(200);
      events.untilEnd();
    }
    long last = session(id).path("last_seq").asLong();
    try (var sender = new VideoSender()) {
      WhipClient.Published again = whip.publish(sender, "/whip/" + id);
      assertThat(again.session()).isEqualTo(id);
      EventClient events = service.client().socket("/ws/" + id + "?since=" + last);
      List<JsonNode> until = events.until(event -> isResult(event));
      assertThat(until.getLast().path("prompt").asText()).isEqualTo("one");
      assertThat(until.getLast().path("run").asInt()).isEqualTo(2);
      assertThat(session(id).path("filename").asText()).isEqualTo("Gate");
      assertThat(service.client().post("/stop-stream/" + id, "").statusCode()).isEqualTo(200);
    }
    // Sending programs reconnect by themselves, so a stop by the user must remain in effect.
    try (var sender = new VideoSender()) {
      HttpResponse<String> refused = whip.offer("/whip/" + id, sender.offer());
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body()).contains("A user stopped this session");
    }
  }

  @Test
  void ffmpegPublishes() throws Exception {
    Path log = folder.resolve("ffmpeg.log");
    Process program =
        new ProcessBuilder(
                Loader.load(ffmpeg.class),
                "-hide_banner",
                "-nostdin",
                "-re",
                "-f",
                "lavfi",
                "-i",
                "color=c=0x0080FF:size=320x240:rate=15",
                "-c:v",
                "libopenh264",
                "-profile:v",
                "constrained_baseline",
                "-g",
                "15",
                "-pix_fmt",
                "yuv420p",
                "-t",
                "6",
                "-f",
                "whip",
                "http://127.0.0.1:%d/whip?prompt=what&delay_seconds=0.5"
                    .formatted(service.service().port()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      String id = onlySession(program, log);
      List<JsonNode> events = service.client().socket("/ws/" + id).untilEnd();
      assertThat(events.stream().filter(event -> isResult(event)).toList())
          .hasSizeGreaterThan(2)
          .allMatch(result -> result.path("result").asText().startsWith("what #"));
      // At the end, the sender deletes its resource, at the URL that it resolved from a relative
      // one.
      assertThat(events.getLast().path("reason").asText())
          .as(Files.readString(log))
          .isEqualTo("The video's sender ended it.");
      JsonNode video = session(id).path("video");
      assertThat(video.path("codec").asText()).isEqualTo("h264");
      assertThat(video.path("width").asInt()).isEqualTo(320);
    } finally {
      program.destroy();
      int _ = program.waitFor();
    }
  }

  private String onlySession(Process program, Path log) throws Exception {
    while (true) {
      JsonNode sessions = TestClient.json(service.client().get("/sessions")).path("sessions");
      if (!sessions.isEmpty()) {
        return sessions.path(0).path("session_id").asText();
      }
      assertThat(program.isAlive()).as(Files.readString(log)).isTrue();
    }
  }

  private JsonNode session(String id) throws Exception {
    return TestClient.json(service.client().get("/sessions/" + id));
  }

  private static boolean isResult(JsonNode event) {
    return event.path("type").asText().equals("result");
  }
}
