package framewise.server.service.v1beta;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.OpenAiStub;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Mistakes in a request get an error that says what is wrong; no part of a request is ignored
 * silently.
 */
@Timeout(60)
class OddQuestionsAreAnsweredInWordsTest {
  @TempDir static Path folder;
  private static final OpenAiStub openai = new OpenAiStub();
  private static RunningService service;
  private static TestClient client;
  private static String png;

  @BeforeAll
  static void start() throws Exception {
    Map<String, String> settings = new HashMap<>(openai.settings());
    settings.put("FRAMEWISE_MODEL_ALIASES", "good=builtin,gone=openai/gpt-0,odd=some-model");
    service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), settings);
    client = service.client();
    png = Base64.getEncoder().encodeToString(TestVideos.jpeg(64, 48));
  }

  @AfterAll
  static void stop() {
    service.close();
    openai.close();
  }

  /** Seen: a picture in a system message was ignored, and the model answered without it. */
  @ParameterizedTest
  @CsvSource({"system", "developer"})
  void misplacedPicturesAreRefused(String role) throws Exception {
    String picture =
        "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/jpeg;base64,%s\"}}"
            .formatted(png);
    refused(
        "[{\"role\":\"%s\",\"content\":[%s]},{\"role\":\"user\",\"content\":\"a\"}]"
            .formatted(role, picture),
        "[\"body\",\"messages\",\"0\",\"content\",\"0\",\"type\"]",
        "type must be text in a message of the role " + role);
  }

  /**
   * Seen: the default prompt, "Describe what you see in few words", was sent without a picture, and
   * billed.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{'role':'user','content':''}]",
        "[{'role':'user','content':[{'type':'text','text':' '}]}]",
        "[{'role':'system','content':'Be brief.'}]"
      })
  void emptyQuestionsAreRefused(String messages) throws Exception {
    refused(
        messages.replace('\'', '"'),
        "[\"body\",\"messages\"]",
        "messages has no question: a message with the role user needs text, a picture or a video");
  }

  /** Seen: the error was "prompt has 9000 characters", but this API has no field prompt. */
  @Test
  void aLongQuestionNamesItsField() throws Exception {
    refused(
        "[{\"role\":\"user\",\"content\":\"%s\"}]".formatted("x".repeat(8_001)),
        "[\"body\",\"messages\"]",
        "messages have 8,001 characters of text but may have 8,000 at most");
  }

  @Test
  void unknownContentTypesAreRefusedWithTheKnownOnes() throws Exception {
    refused(
        "[{\"role\":\"user\",\"content\":5}]",
        "[\"body\",\"messages\",\"0\",\"content\"]",
        "content must be a string or a list of parts");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data:image/jpeg;base64,@@@@ | is not valid base64",
        "data:image/jpeg;base64,_9j_4AAQ | is not valid base64",
        "data:image/jpeg;base64, | is empty",
        "data:image/jpeg,abc | must be in base64",
        "ftp://camera.example/x.jpg | must begin with ovs://, data:, http:// or https://",
        "http://camera.example/x y.jpg | contains blanks",
        "https:///x.jpg | has no host"
      })
  void unreadableUrlsSayWhy(String url, String why) throws Exception {
    JsonNode error = TestClient.json(shown(url, 400)).at("/detail/error");
    assertThat(error.path("code").asText()).isEqualTo("media_invalid");
    assertThat(error.path("message").asText()).contains(why);
  }

  @Test
  void schemesIgnoreCase() throws Exception {
    assertThat(TestClient.json(shown("DATA:image/jpeg;BASE64," + png, 200)).path("choices"))
        .isNotEmpty();
    assertThat(
            TestClient.json(shown("OVS://streams/x?frame_index=1", 400))
                .at("/detail/error/code")
                .asText())
        .isEqualTo("stream_url_invalid");
  }

  /** The schema of a response_format is optional; without one, any object is valid. */
  @Test
  void jsonObjectNeedsNoSchema() throws Exception {
    HttpResponse<String> answer =
        client.post(
            "/v1beta/chat/completions",
            "{\"model\":\"openai\",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\"}},\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 502);
    assertThat(openai.asked().getLast().at("/response_format/json_schema/schema/type").asText())
        .isEqualTo("object");
  }

  /** Seen: an alias was listed as ready although a question to it got 404. */
  @Test
  void aliasesAreListedWithTheirModel() throws Exception {
    JsonNode models = TestClient.json(client.get("/v1beta/models")).path("data");
    Map<String, String> status = new HashMap<>();
    models.forEach(model -> status.put(model.path("id").asText(), model.path("status").asText()));
    assertThat(status)
        .containsEntry("good", "ready")
        .containsEntry("odd", "ready")
        .containsEntry("gone", "unavailable");
    HttpResponse<String> refused =
        client.post(
            "/v1beta/chat/completions",
            "{\"model\":\"gone\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");
    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(TestClient.json(refused).at("/detail/error/message").asText())
        .startsWith("model is \"gone\", an alias of \"openai/gpt-0\", which can't be asked");
  }

  /** Seen: a price of 250 was written as 2.5E+2. */
  @Test
  void pricesHaveNoExponent() throws Exception {
    assertThat(client.get("/billing/pricing/gpt-5.4").body())
        .contains("\"input_microcents_per_token\":250,");
  }

  private static HttpResponse<String> shown(String url, int status) throws Exception {
    HttpResponse<String> answer =
        client.post(
            "/v1beta/chat/completions",
            "{\"model\":\"builtin\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"%s\"}}]}]}"
                .formatted(url));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer;
  }

  private static void refused(String messages, String place, String message) throws Exception {
    HttpResponse<String> answer =
        client.post(
            "/v1beta/chat/completions",
            "{\"model\":\"builtin\",\"messages\":%s}".formatted(messages));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    JsonNode json = TestClient.json(answer);
    assertThat(json.path("error").asText()).isEqualTo("validation_error");
    assertThat(json.at("/details/0/loc")).hasToString(place);
    assertThat(json.path("message").asText()).contains(message);
  }
}
