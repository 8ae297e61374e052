package framewise.e2e.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import framewise.e2e.OpenAiServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The unmodified npm package {@code openai}, with this service as its base URL. */
class OpenAiClientsAskAboutStreamsTest {
  @RegisterExtension static final OpenAiServer openai = new OpenAiServer();

  @RegisterExtension static final JarService service = JarService.with(openai.settings());

  @TempDir Path folder;

  @Test
  void inEveryWayThatTheClientOffers() throws Exception {
    String session = NodeScript.upload(service, DrawnClip.saying("EXIT 42", 2, folder));
    JsonNode said =
        NodeScript.run(
            "openai-client.mjs", service.address().replaceAll("/$", "") + "/v1beta", session);
    assertThat(said.path("models").toString()).contains("gpt-5.4", "builtin");
    assertThat(said.path("answer").asText()).isEqualTo(OpenAiServer.ANSWER);
    // Parts that the model writes while another one is being delivered are merged.
    assertThat(said.path("parts").size()).isPositive();
    assertThat(said.path("parts").valueStream().map(JsonNode::asText).reduce("", String::concat))
        .isEqualTo(OpenAiServer.ANSWER);
    assertThat(said.path("tokens").asInt()).isEqualTo(1_100);
    assertThat(new ObjectMapper().readTree(said.path("shaped").asText()).path("people").asInt())
        .isZero();
    assertThat(said.at("/early/status").asInt()).isEqualTo(409);
    assertThat(said.at("/early/name").asText()).isEqualTo("ConflictError");
    assertThat(said.at("/early/text").asText()).contains("frame_not_yet_produced");
    assertThat(
            service
                .get("/sessions/" + session + "/results")
                .path("results")
                .findValuesAsText("name"))
        .containsExactly("API", "API", "API");
  }
}
