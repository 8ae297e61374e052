package framewise.server.service.overshoot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.operate.LogKept;
import framewise.server.service.publish.VideoSender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plants keys and a relay's credential, and searches all output for them. */
class KeysOfAppsNeverAppearTest {
  private static final String ACCEPTED = "ovs-planted-4711";
  private static final String WRONG = "ovs-planted-4712";
  private static final String CREDENTIAL = "relay-planted-4713";

  @TempDir Path folder;

  @Test
  void onlyTheOwnerGetsTurnCredentials() throws Exception {
    var log = new LogKept();
    List<String> said = new ArrayList<>();
    var settings =
        Map.of(
            "FRAMEWISE_API_KEYS",
            ACCEPTED,
            "FRAMEWISE_ICE_SERVERS",
            "turn:me:" + CREDENTIAL + "@127.0.0.1:9");
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), settings);
        var sender = new VideoSender()) {
      var app = new OvershootClient(service.client(), ACCEPTED);
      var stranger = new OvershootClient(service.client(), WRONG);
      JsonNode created = app.created(sender);
      String id = created.required("stream_id").asText();
      JsonNode relay = created.required("turn_servers").required(0);
      assertThat(TestClient.fieldNames(relay))
          .containsExactlyInAnyOrder("urls", "username", "credential");
      assertThat(relay.path("urls").asText()).isEqualTo("turn:127.0.0.1:9");
      assertThat(relay.path("username").asText()).isEqualTo("me");
      assertThat(relay.path("credential").asText()).isEqualTo(CREDENTIAL);
      said.add(app.results(id).next());
      said.add(stranger.results(id).closed().reason());
      for (var client : List.of(app, stranger)) {
        said.add(client.get("/models").body());
        said.add(client.get("/streams/" + id + "/info").body());
        said.add(client.call("POST", "/streams", "{\"webrtc\":{}}").body());
        said.add(client.call("DELETE", "/streams/" + id, "").body());
      }
      for (String path : new String[] {"/", "/sessions", "/sessions/" + id, "/metrics"}) {
        said.add(service.client().get(path).body());
      }
    } finally {
      log.close();
    }
    said.addAll(log.lines());

    assertThat(log.lines()).hasSizeGreaterThan(5);
    assertThat(said)
        .noneMatch(text -> text.contains("planted-471"))
        .anyMatch(text -> text.contains("unauthorized"));
  }
}
