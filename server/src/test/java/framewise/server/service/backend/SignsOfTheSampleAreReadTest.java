package framewise.server.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.RunningService;
import framewise.vision.builtin.BuiltinBackend;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The built-in model reads the sign and the clock of the sample, and nothing else, in each second.
 */
class SignsOfTheSampleAreReadTest {
  private static final List<String> SIGNS =
      List.of("EXIT 42", "GATE B 16", "ROOM 7", "OPEN 9 TO 5");
  private static final int SECONDS_PER_SIGN = 6;

  @TempDir Path folder;

  @Test
  void withTheirBoxes() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), new BuiltinBackend())) {
      var client = service.client();
      List<JsonNode> results =
          SampleAnswers.to(client, SampleAnswers.session(client), "What text is there?");
      for (int second = 0; second < results.size(); second++) {
        JsonNode result = results.get(second);
        String sign = SIGNS.get(second / SECONDS_PER_SIGN);
        String clock = "00:%02d".formatted(second);
        assertThat(result.path("result").asText())
            .isEqualToNormalizingWhitespace(sign + " " + clock);
        assertThat(result.path("texts"))
            .as("one sign on the left, one clock on the right: " + result)
            .isNotEmpty()
            .allSatisfy(
                text ->
                    assertThat(text.at("/box/0").asDouble())
                        .matches(left -> text.path("text").asText().equals(clock) == left > 0.7));
      }
    }
  }
}
