package framewise.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The unmodified npm package {@code openai}, with this service as its base URL. */
class OpenAiClientsAskAboutStreamsTest {
  @RegisterExtension static final OpenAiStub openai = new OpenAiStub();

  @RegisterExtension static final RunningService service = RunningService.with(openai.settings());

  @TempDir Path folder;

  @Test
  void modelsAnswersEventsSchemasAndTheWaitForAFirstPicture() throws Exception {
    String session = upload(DrawnClip.saying("EXIT 42", 2, folder));
    JsonNode said = run(service.address().replaceAll("/$", "") + "/v1beta", session);
    assertThat(said.path("models").toString()).contains("gpt-5.4", "builtin");
    assertThat(said.path("answer").asText()).isEqualTo(OpenAiStub.ANSWER);
    // What was written while a part was on its way comes as one.
    assertThat(said.path("parts").size()).isPositive();
    assertThat(said.path("parts").valueStream().map(JsonNode::asText).reduce("", String::concat))
        .isEqualTo(OpenAiStub.ANSWER);
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

  private static JsonNode run(String base, String session) throws Exception {
    Path packages = NpmPackages.folder();
    // Beside the packages, where Node.js looks for them.
    Path script = packages.resolve("openai-client.mjs");
    try (InputStream in =
        OpenAiClientsAskAboutStreamsTest.class.getResourceAsStream("openai-client.mjs")) {
      Files.copy(Objects.requireNonNull(in), script, StandardCopyOption.REPLACE_EXISTING);
    }
    Process node =
        new ProcessBuilder("node", script.toString(), base, session)
            .redirectErrorStream(true)
            .start();
    String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor()).as(said).isZero();
    return new ObjectMapper().readTree(said.lines().reduce("", (before, line) -> line));
  }

  private static String upload(Path video) throws Exception {
    String boundary = "a-boundary";
    var form =
        BodyPublishers.concat(
            BodyPublishers.ofString(
                "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"clip.mp4\"\r\n\r\n"
                    .formatted(boundary)),
            BodyPublishers.ofFile(video),
            BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
    try (HttpClient http = HttpClient.newHttpClient()) {
      var answer =
          http.send(
              HttpRequest.newBuilder(URI.create(service.address()).resolve("/upload-video"))
                  .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                  .POST(form)
                  .build(),
              BodyHandlers.ofString());
      return new ObjectMapper().readTree(answer.body()).required("session_id").asText();
    }
  }
}
