package framewise.server.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Regression: behind a proxy the link in the log had an address that is unreachable from outside,
 * or none.
 */
class SetupLinkLeadsToThePublicUrlTest {
  private static final String URL = "https://framewise.example";

  @TempDir Path folder;

  @Test
  void andSoDoesTheQrCode() throws Exception {
    var settings = Map.of("FRAMEWISE_PUBLIC_URL", URL + ", http://other.example");
    try (var service = RunningService.on(folder, ScriptedBackend.echo(), settings)) {
      assertThat(service.service().setupUrl().orElseThrow()).startsWith(URL + "/sign-in/#setup=");
      JsonNode phone = TestClient.json(service.client().get("/phone"));
      assertThat(phone.at("/urls/0").asText()).isEqualTo(URL + "/console/");
      assertThat(phone.at("/urls/1").asText()).isEqualTo("http://other.example/console/");
      assertThat(phone.path("secure").asBoolean()).isTrue();
      assertThat(service.client().get("/phone.svg?url=" + URL + "/console/").statusCode())
          .isEqualTo(200);
    }
  }
}
