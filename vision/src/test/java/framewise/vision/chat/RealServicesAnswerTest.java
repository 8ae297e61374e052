package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.media.MediaTime;
import framewise.media.picture.Clip;
import framewise.media.picture.Frame;
import framewise.vision.Answer;
import framewise.vision.AnswerException;
import framewise.vision.ClipBackend;
import framewise.vision.FinishReason;
import framewise.vision.Question;
import framewise.vision.chat.stub.RecordingAskListener;
import framewise.vision.chat.stub.Services;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the same checks against the real services: {@code ./mvnw -Plive -pl vision -am test}, with
 * the keys in the environment. It costs a few cents. {@code -Dlive=openai,gemini} selects services.
 */
@Tag("live")
@Timeout(120)
class RealServicesAnswerTest {
  static Stream<Services> services() {
    String wanted = System.getProperty("live", "").strip();
    return Stream.of(Services.values())
        .filter(
            service -> wanted.isEmpty() || List.of(wanted.split(",", -1)).contains(name(service)));
  }

  @ParameterizedTest
  @MethodSource("services")
  void picturesAreSeenInOrder(Services service) throws Exception {
    Answer answer =
        ask(
            real(service),
            Question.of("Which colour is the first picture, and which the second? Two words."),
            false);
    assertThat(answer.text().toLowerCase(Locale.ROOT)).containsSubsequence("red", "blue");
    assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(answer.usage().orElseThrow().inputTokens()).isPositive();
    assertThat(answer.usage().orElseThrow().outputTokens()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("services")
  void theAnswerGrows(Services service) throws Exception {
    var heard = new RecordingAskListener(true);
    Answer answer = ask(real(service), Question.of("Count from one to ten in words."), heard);
    assertThat(heard.partials).isNotEmpty();
    assertThat(heard.partials.getLast().strip()).isEqualTo(answer.text());
    assertThat(answer.usage()).isPresent();
  }

  @ParameterizedTest
  @MethodSource("services")
  void theSchemaIsKept(Services service) throws Exception {
    for (boolean streamed : new boolean[] {true, false}) {
      Answer answer =
          ask(
              real(service),
              Question.of("How many pictures are there?")
                  .withSystem("You count pictures.")
                  .withOutputSchema(ClipTest.schema()),
              streamed);
      assertThat(answer.text()).isEqualTo("{\"n\":2}");
    }
  }

  @ParameterizedTest
  @MethodSource("services")
  void aWrongKeyAndAnUnknownModel(Services service) throws Exception {
    var nobody = Question.of("?").withModel("no-such-model");
    assertThatThrownBy(() -> ask(real(service), nobody, false))
        .isInstanceOfSatisfying(
            AnswerException.class,
            e -> assertThat(e.code()).isIn("unknown_model", "invalid_request"));
    if (service != Services.LOCAL) {
      ClipBackend stranger = service.backend(access(service, Optional.of("sk-nobody")));
      assertThatThrownBy(() -> ask(stranger, Question.of("?"), true))
          .isInstanceOfSatisfying(
              AnswerException.class, e -> assertThat(e.code()).isEqualTo("unauthorized"));
    }
  }

  private static ClipBackend real(Services service) {
    String needed = service == Services.LOCAL ? "LOCAL_BASE_URL" : variable(service, "_API_KEY");
    if (setting(needed).isEmpty()) {
      throw new AssertionError(
          "%s is not set: set it, or name the services to ask with -Dlive=openai,gemini,anthropic,mistral,overshoot,local."
              .formatted(needed));
    }
    return service.backend(access(service, setting(variable(service, "_API_KEY"))));
  }

  private static Access access(Services service, Optional<String> key) {
    Optional<String> address =
        service == Services.OVERSHOOT
            ? setting("OVERSHOOT_API_URL").or(() -> Optional.of("https://api.overshoot.ai/v1beta"))
            : setting(variable(service, "_BASE_URL"));
    return new Access(
        key,
        address.map(URI::create),
        setting(variable(service, "_MODEL")),
        Duration.ofSeconds(60),
        PictureEncoding.DEFAULT);
  }

  private static Answer ask(ClipBackend backend, Question question, boolean streamed)
      throws AnswerException, InterruptedException {
    return ask(backend, question, new RecordingAskListener(streamed));
  }

  private static Answer ask(ClipBackend backend, Question question, RecordingAskListener heard)
      throws AnswerException, InterruptedException {
    List<Frame> frames = List.of(frame(Color.RED, 0), frame(Color.BLUE, 1));
    try (var clip = new Clip(0, MediaTime.ZERO, MediaTime.ofSeconds(2), frames)) {
      return backend.ask(clip, question, heard);
    }
  }

  private static Frame frame(Color colour, int second) {
    var picture = new BufferedImage(256, 192, BufferedImage.TYPE_3BYTE_BGR);
    var paper = picture.createGraphics();
    paper.setColor(colour);
    paper.fillRect(0, 0, 256, 192);
    paper.dispose();
    return Frame.of(picture, MediaTime.ofSeconds(second));
  }

  private static String name(Services service) {
    return service.name().toLowerCase(Locale.ROOT);
  }

  private static String variable(Services service, String end) {
    return service.name() + end;
  }

  private static Optional<String> setting(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }
}
