package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.vision.Answer;
import framewise.vision.ClipBackend;
import framewise.vision.Question;
import framewise.vision.chat.stub.RecordingAskListener;
import framewise.vision.chat.stub.Services;
import framewise.vision.chat.stub.WireForm;
import framewise.vision.mistral.MistralBackend;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Seen on 2025-12-12: Mistral refuses {@code max_completion_tokens} with 422, extra_forbidden. */
@Timeout(60)
class MistralAnswersByItsOwnModelTest extends ClipTest {
  @Test
  void theDefaultModelAndMaxTokensAreSent() throws Exception {
    WireForm form = Services.MISTRAL.form();
    stub.expects(form).says(200, form.answer("Two.", "stop"));
    Answer answer =
        ask(
            backend(),
            Question.of("How many?").withMaxOutputTokens(20),
            1,
            new RecordingAskListener(false));
    assertThat(answer.text()).isEqualTo("Two.");
    JsonNode body = stub.got().getFirst().body();
    assertThat(stub.got().getFirst().path()).isEqualTo("/v1/chat/completions");
    assertThat(body.path("model").asText()).isEqualTo("mistral-small-latest");
    assertThat(body.path("max_tokens").asInt()).isEqualTo(20);
    assertThat(body.has("max_completion_tokens")).isFalse();
  }

  @Test
  void itsCapabilitiesAreListed() {
    assertThat(backend().name()).isEqualTo("mistral");
    assertThat(backend().models()).isEqualTo(List.of("mistral-small-latest"));
    assertThat(backend().capabilities()).contains("describe", "output_schema");
  }

  private ClipBackend backend() {
    return MistralBackend.of(
        new Access(
            Optional.of(Services.KEY),
            Optional.of(stub.address("/v1")),
            Optional.empty(),
            Duration.ofSeconds(20),
            PictureEncoding.DEFAULT));
  }
}
