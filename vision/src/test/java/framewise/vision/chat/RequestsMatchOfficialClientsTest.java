package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.vision.Question;
import framewise.vision.chat.stub.RecordingAskListener;
import framewise.vision.chat.stub.ServiceReply;
import framewise.vision.chat.stub.ServiceStub;
import framewise.vision.chat.stub.Services;
import framewise.vision.chat.stub.WireForm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares Framewise's requests with those of the official SDKs for the same question. {@code
 * src/test/recordings/record.mjs} makes the recordings again.
 */
@Timeout(60)
class RequestsMatchOfficialClientsTest extends ClipTest {
  /** Framewise sends {@code stream} even if it has the default value. */
  private static final String NOT_STREAMED = "/stream";

  private static final String ONE_ANSWER = "/generationConfig/candidateCount";
  private static final String PLAIN_TEXT = "/generationConfig/responseMimeType";

  /** A system instruction needs no role; the SDK adds one, as to any content. */
  private static final String ROLE = "/systemInstruction/role";

  /**
   * Strict mode requires schemas in which every property is required, which excludes many schemas.
   * Framewise does without it, because it checks the answer anyway.
   */
  private static final String STRICT = "/response_format/json_schema/strict";

  /** All expected differences; the test also fails if one disappears. */
  private static final Map<String, Set<String>> DIFFERENCES =
      Map.of(
          "openai-plain", Set.of(NOT_STREAMED),
          "openai-schema", Set.of(NOT_STREAMED, STRICT),
          "anthropic-plain", Set.of(NOT_STREAMED),
          "anthropic-schema", Set.of(NOT_STREAMED),
          "gemini-plain", Set.of(ROLE, ONE_ANSWER, PLAIN_TEXT),
          "gemini-schema", Set.of(ROLE, ONE_ANSWER),
          "gemini-stream", Set.of(ROLE, ONE_ANSWER, PLAIN_TEXT));

  @ParameterizedTest
  @CsvSource({
    "OPENAI, openai-plain", "OPENAI, openai-schema", "OPENAI, openai-stream",
    "ANTHROPIC, anthropic-plain", "ANTHROPIC, anthropic-schema", "ANTHROPIC, anthropic-stream",
    "GEMINI, gemini-plain", "GEMINI, gemini-schema", "GEMINI, gemini-stream"
  })
  void fieldByField(Services service, String recording) throws Exception {
    JsonNode official = recording(recording);
    boolean streamed = recording.endsWith("stream");
    WireForm form = service.form();
    stub.says(
        streamed
            ? ServiceReply.events(form.events(List.of("{\"n\":3}"), "stop"))
            : ServiceReply.json(200, form.answer("{\"n\":3}", "stop")));
    Question plain =
        Question.of("How many?").withSystem("You watch a street.").withMaxOutputTokens(77);
    Question question = recording.endsWith("schema") ? plain.withOutputSchema(schema()) : plain;
    ask(service, question, 2, new RecordingAskListener(streamed));

    ServiceStub.Got got = stub.got().getFirst();
    assertThat(got.path()).isEqualTo(official.path("path").asText());
    official
        .path("headers")
        .properties()
        .forEach(
            header ->
                assertThat(got.headers().getFirst(header.getKey()))
                    .as(header.getKey())
                    .isEqualTo(header.getValue().asText()));
    assertThat(different(fields(got.body()), fields(official.path("body"))))
        .containsExactlyInAnyOrderElementsOf(DIFFERENCES.getOrDefault(recording, Set.of()));
  }

  /** Whichever header a client uses, the key is never sent twice. */
  @ParameterizedTest
  @CsvSource({"OPENAI", "ANTHROPIC", "GEMINI"})
  void theKeyIsSentOnce(Services service) throws Exception {
    stub.says(200, service.form().answer("Yes.", "stop"));
    ask(service, Question.of("?"), 1, new RecordingAskListener(false));
    List<String> values = new ArrayList<>();
    stub.got().getFirst().headers().values().stream()
        .flatMap(Collection::stream)
        .filter(value -> value.contains(Services.KEY))
        .forEach(values::add);
    assertThat(values).hasSize(1);
  }

  /** Every value by its path; pictures are equal. */
  private static Map<String, String> fields(JsonNode json) {
    Map<String, String> fields = new TreeMap<>();
    collect("", json, fields);
    return fields;
  }

  private static void collect(String place, JsonNode node, Map<String, String> fields) {
    if (node.isValueNode()) {
      fields.put(place, WireForm.jpeg(node));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(place + "/" + i, node.get(i), fields);
      }
    } else {
      node.properties().forEach(e -> collect(place + "/" + e.getKey(), e.getValue(), fields));
    }
  }

  private static Set<String> different(Map<String, String> ours, Map<String, String> theirs) {
    Set<String> places = new TreeSet<>(ours.keySet());
    places.addAll(theirs.keySet());
    places.removeIf(place -> ours.getOrDefault(place, "-").equals(theirs.getOrDefault(place, "-")));
    return places;
  }

  private static JsonNode recording(String name) throws IOException {
    String file = "/recordings/" + name + ".json";
    try (var text = RequestsMatchOfficialClientsTest.class.getResourceAsStream(file)) {
      return WireForm.JSON.readTree(text);
    }
  }
}
