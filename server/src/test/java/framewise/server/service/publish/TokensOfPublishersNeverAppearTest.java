package framewise.server.service.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.livekit.LiveKitClient;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.operate.LogKept;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The query string of a publisher's socket is secret: no log line and no response contains it. */
@Timeout(60)
class TokensOfPublishersNeverAppearTest {
  @TempDir Path folder;

  @Test
  void neitherValidNorWrongOnes() throws Exception {
    var log = new LogKept();
    List<String> said = new ArrayList<>();
    List<String> secrets = new ArrayList<>();
    try (var service =
        RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), Map.of())) {
      TestClient client = service.client();
      JsonNode made =
          TestClient.json(
              client.send(client.to("/v1beta/streams").POST(BodyPublishers.ofString("{}"))));
      String stream = made.path("id").asText();
      String token = made.at("/publish/token").asText();
      secrets.add(token);
      try (var sender = new VideoSender();
          var publisher = LiveKitClient.join(client.port(), token, sender.offer())) {
        for (String wrong : List.of(token, token + "x", "planted-5a7e", "%zz", "a b")) {
          String query = "access_token=" + wrong.replace("%", "%25").replace(" ", "%20");
          for (String path : List.of("/rtc/v1/validate?", "/rtc/validate?", "/rtc/v1?", "/rtc?")) {
            said.add(client.get(path + query + "&join_request=!!").body());
          }
          said.add(
              client
                  .get("/rtc/v1/validate", "Authorization", "Bearer " + wrong.replace(" ", ""))
                  .body());
        }
        secrets.add("planted-5a7e");
        JsonNode kept =
            TestClient.json(client.post("/v1beta/streams/" + stream + "/keepalive", ""));
        secrets.add(kept.at("/publish/token").asText());
        assertThat(publisher).isNotNull();
      }
      said.add(client.get("/v1beta/streams/" + stream).body());
      said.add(client.get("/sessions/" + stream).body());
      said.add(client.get("/metrics").body());
      assertThat(client.delete("/v1beta/streams/" + stream).statusCode()).isEqualTo(200);
      said.add(client.get("/rtc/v1/validate?access_token=" + token).body());
    } finally {
      log.close();
    }
    said.addAll(log.lines());
    assertThat(log.lines()).hasSizeGreaterThan(5);
    assertThat(secrets).hasSize(3).doesNotContain("");
    for (String secret : secrets) {
      assertThat(said).noneMatch(text -> text.contains(secret));
    }
  }
}
