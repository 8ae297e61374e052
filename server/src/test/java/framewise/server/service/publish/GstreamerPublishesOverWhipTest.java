package framewise.server.service.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.EventClient;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.testing.TestMachine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Uses GStreamer's peer connection, on which its WHIP elements are based. Those elements are in the
 * Rust plugins, which Debian does not package, so the test makes the HTTP requests itself.
 */
class GstreamerPublishesOverWhipTest {
  @TempDir Path folder;

  @Test
  @Timeout(120)
  void itsVideoIsAnsweredAndCanBeEnded() throws Exception {
    Path log = folder.resolve("gstreamer.log");
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      Process sender = sender(service.service().port(), log);
      try (BufferedReader said = sender.inputReader()) {
        String location = CompletableFuture.supplyAsync(() -> line(said)).get(30, TimeUnit.SECONDS);
        assertThat(location)
            .as(
                "This test wants Debian's gstreamer1.0-nice and gir1.2-gst-plugins-bad-1.0: %s",
                Files.readString(log))
            .startsWith("whip/");
        TestClient client = service.client();
        String session = location.split("/", -1)[1];
        EventClient events = client.socket("/ws/" + session);
        for (int i = 0; i < 3; i++) {
          JsonNode result =
              events.until(e -> e.required("type").asText().equals("result")).getLast();
          assertThat(result.path("result").asText()).startsWith("ball #");
        }
        JsonNode about = TestClient.json(client.get("/sessions/" + session));
        assertThat(about.at("/video/width").asInt()).isEqualTo(320);
        assertThat(about.at("/video/height").asInt()).isEqualTo(240);
        assertThat(client.delete("/" + location).statusCode()).isEqualTo(200);
        List<JsonNode> rest = events.untilEnd();
        assertThat(rest.getLast().path("status").asText()).isEqualTo("finished");
      } finally {
        sender.destroyForcibly().onExit().join();
      }
    }
  }

  private static String line(BufferedReader said) {
    try {
      return String.valueOf(said.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process sender(int port, Path log) throws Exception {
    TestMachine.needs("gstreamer");
    Path script = folder.resolve("whip-sender.py");
    try (InputStream in = getClass().getResourceAsStream("whip-sender.py")) {
      Files.copy(Objects.requireNonNull(in), script);
    }
    String endpoint = "http://127.0.0.1:%d/whip?prompt=ball&delay_seconds=0.5".formatted(port);
    return new ProcessBuilder("/usr/bin/python3", script.toString(), endpoint)
        .redirectError(log.toFile())
        .start();
  }
}
