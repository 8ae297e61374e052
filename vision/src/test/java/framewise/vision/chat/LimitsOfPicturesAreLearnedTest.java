package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.vision.AnswerException;
import framewise.vision.ClipBackend;
import framewise.vision.Question;
import framewise.vision.RefusedParameter;
import framewise.vision.chat.stub.RecordingAskListener;
import framewise.vision.chat.stub.Services;
import framewise.vision.chat.stub.WireForm;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * If a model accepts fewer pictures than a clip has, it gets some of them, always including the
 * newest.
 */
@Timeout(60)
class LimitsOfPicturesAreLearnedTest extends ClipTest {
  private static final int SENT = 9;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "LOCAL | 1 | 400 | {\"object\":\"error\",\"message\":\"At most 1 image(s) may be provided in one request.\",\"type\":\"BadRequestError\",\"param\":null,\"code\":400}",
        "LOCAL | 4 | 400 | {\"error\":{\"message\":\"At most 4 image(s) may be provided in one prompt.\",\"type\":\"BadRequestError\",\"code\":400}}",
        "LOCAL | 1 | 500 | {\"error\":{\"message\":\"vision model only supports a single image per message\",\"type\":\"api_error\"}}",
        "LOCAL | 5 | 400 | {\"error\":{\"message\":\"Too many images provided. This model supports up to 5 images\",\"type\":\"invalid_request_error\"}}",
        "LOCAL | 8 | 400 | {\"object\":\"error\",\"message\":\"Too many images in request. Max is 8. Got 9.\",\"type\":\"invalid_request_error\"}",
        "LOCAL | 8 | 422 | {\"detail\":\"The number of images (9) exceeds the maximum of 8\"}",
        "LOCAL | 1 | 400 | {\"error\":\"This model does not support multiple images\"}",
        "LOCAL | 1 | 400 | {\"error\":\"Multiple images are not supported by this model\"}",
        "LOCAL | 4 | 400 | {\"error\":\"Too many images\"}",
        "LOCAL | 3 | 422 | {\"detail\":[{\"loc\":[\"body\",\"messages\"],\"msg\":\"Only three images are allowed\"}]}",
        "OPENAI | 4 | 400 | {\"error\":{\"message\":\"Too many images in request: the limit is 4.\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}",
        "ANTHROPIC | 5 | 400 | {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"messages.0.content: Too much media: 0 document pages + 9 images > 5\"}}",
        "GEMINI | 6 | 400 | {\"error\":{\"code\":400,\"message\":\"Please ensure that the number of images is at most 6.\",\"status\":\"INVALID_ARGUMENT\"}}",
      })
  void laterRequestsHaveFewerPictures(Services service, int most, int status, String refusal)
      throws Exception {
    WireForm form = service.form();
    ClipBackend backend = service.backend(stub);
    stub.says(status, refusal);
    stub.says(200, form.answer("Two.", "stop")).says(200, form.answer("Three.", "stop"));

    Question question = Question.of("How many?").withModel("asked-for");
    assertThat(ask(backend, question, SENT, new RecordingAskListener(false)).text())
        .isEqualTo("Two.");
    assertThat(ask(backend, question, SENT, new RecordingAskListener(false)).text())
        .isEqualTo("Three.");

    assertThat(stub.got()).hasSize(3);
    assertThat(pictures(stub.got().getFirst().body().toString())).isEqualTo(SENT);
    for (int request = 1; request < 3; request++) {
      String body = stub.got().get(request).body().toString();
      assertThat(pictures(body)).isEqualTo(most);
      if (most > 1) {
        assertThat(body).contains("The picture at 00:00:00.000", "The picture at 00:00:08.000");
      }
    }
    assertThat(backend.refusedParameters())
        .extracting(RefusedParameter::model, RefusedParameter::parameter, RefusedParameter::instead)
        .containsExactly(
            Tuple.tuple("asked-for", "images", "at most %d of a clip".formatted(most)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "400 | {\"error\":{\"message\":\"image exceeds 5 MB maximum: 9242424 bytes > 5242880 bytes\"}}",
        "400 | {\"error\":{\"message\":\"At least one of the image dimensions exceed max allowed size: 8000 pixels\"}}",
        "400 | {\"error\":{\"message\":\"This model's maximum context length is 8192 tokens, your images take 9000\"}}",
        "400 | {\"error\":{\"message\":\"Invalid image.\"}}",
        "404 | {\"error\":{\"message\":\"No endpoints found that support image input\"}}",
        "429 | {\"error\":{\"message\":\"Too many images per minute: at most 4\"}}",
      })
  void otherRefusalsTeachNothing(int status, String refusal) {
    stub.says(status, refusal);
    ClipBackend backend = Services.LOCAL.backend(stub);
    assertThatThrownBy(
            () -> ask(backend, Question.of("How many?"), SENT, new RecordingAskListener(false)))
        .isInstanceOf(AnswerException.class);
    assertThat(stub.got()).hasSize(1);
    assertThat(backend.refusedParameters()).isEmpty();
  }

  @Test
  void chosenPicturesAreNotDropped() {
    stub.says(
        400, "{\"error\":{\"message\":\"At most 1 image(s) may be provided in one request.\"}}");
    Question question = Question.of("Which differs?").withEveryPicture(true);
    assertThatThrownBy(
            () -> ask(Services.LOCAL.backend(stub), question, 2, new RecordingAskListener(false)))
        .isInstanceOf(AnswerException.class)
        .hasMessageContaining("At most 1 image(s)");
    assertThat(stub.got()).hasSize(1);
  }

  /**
   * Counts the pictures in a request: each wire format contains the media type once per picture.
   */
  private static long pictures(String body) {
    return IntStream.iterate(
            body.indexOf("image/jpeg"), at -> at >= 0, at -> body.indexOf("image/jpeg", at + 1))
        .count();
  }
}
