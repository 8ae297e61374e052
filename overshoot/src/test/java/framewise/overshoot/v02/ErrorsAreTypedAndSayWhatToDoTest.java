package framewise.overshoot.v02;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import framewise.overshoot.OvershootException;
import framewise.overshoot.Secret;
import framewise.overshoot.wire.ClipProcessing;
import framewise.overshoot.wire.CreateStreamRequest;
import framewise.overshoot.wire.Feedback;
import framewise.overshoot.wire.Inference;
import framewise.overshoot.wire.SdpMessage;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsAreTypedAndSayWhatToDoTest extends StubTest {

  @ParameterizedTest
  @CsvSource({
    "400, invalid_request, false, correct the request",
    "401, unauthorized, false, check OVERSHOOT_API_KEY",
    "402, insufficient_credits, false, add credits",
    "403, unauthorized, false, check OVERSHOOT_API_KEY",
    "404, not_found, false, create a new stream",
    "409, refused, false, see its documentation",
    "422, invalid_request, false, correct the request",
    "429, too_many_streams, true, stop one",
    "500, server_error, true, try again in a few seconds",
    "503, server_error, true, try again in a few seconds",
  })
  void everyStatusOfCreatingAStream(int status, String code, boolean retryable, String advice) {
    stub.always(
        StubService.CREATE,
        StubReply.json(
            status,
            "{\"error\":\"machine_code\",\"message\":\"What the service said.\",\"request_id\":\"q7\",\"details\":null}"));
    OvershootException error = failure(this::open);
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.retryable()).isEqualTo(retryable);
    assertThat(error.httpStatus()).hasValue(status);
    assertThat(error.requestId()).hasValue("q7");
    assertThat(error)
        .hasMessageContaining("(" + status + ": What the service said.)")
        .hasMessageContaining(advice)
        .hasMessageNotContaining("machine_code");
  }

  @Test
  void aCodeWithoutATextIsShown() {
    stub.always(StubService.CREATE, StubReply.json(422, "{\"error\":\"validation_error\"}"));
    assertThat(failure(this::open)).hasMessageContaining("(422: validation_error)");
  }

  @Test
  void longDetailsAreTruncated() {
    stub.always(
        StubService.CREATE,
        StubReply.json(
            422,
            "{\"error\":\"validation_error\",\"details\":[{\"loc\":[\"processing\",\"fps\"]}],\"message\":\"Bad.\\nVery\\tbad.\"}"));
    assertThat(failure(this::open))
        .hasMessageContaining("Bad. Very bad. [{\"loc\":[\"processing\"");
    stub.always(
        StubService.CREATE, StubReply.json(400, "{\"error\":\"" + "x".repeat(100_000) + "\"}"));
    assertThat(failure(this::open).getMessage()).hasSizeLessThan(500);
  }

  @Test
  void errorsOfFastApiAreRead() {
    stub.always(StubService.CREATE, StubReply.json(401, "{\"detail\":\"Invalid API key\"}"));
    assertThat(failure(this::open))
        .isInstanceOf(OvershootException.Unauthorized.class)
        .hasMessageContaining("Invalid API key");
  }

  @Test
  void errorsWithoutABodyOrWithHtml() {
    stub.always(StubService.CREATE, StubReply.empty(401));
    assertThat(failure(this::open)).hasMessageContaining("(401)");
    stub.always(StubService.CREATE, StubReply.html(502));
    assertThat(failure(this::open))
        .isInstanceOf(OvershootException.ServerFault.class)
        .hasMessageContaining("(502: a page that is not JSON)")
        .hasMessageNotContaining("<h1>");
  }

  @Test
  void redirectsAreNotFollowed() {
    stub.always(
        StubService.CREATE, context -> context.redirect(stub.url() + "/models", HttpStatus.FOUND));
    assertThat(failure(this::open))
        .isInstanceOf(OvershootException.Refused.class)
        .hasMessageContaining("OVERSHOOT_API_URL");
    assertThat(stub.unasked(StubService.MODELS)).isZero();
  }

  @Test
  void otherCallsThrowTheSameTypes() {
    OvershootStream stream = open();
    stub.always(StubService.PROMPT, StubReply.json(404, "{\"error\":\"stream_not_found\"}"));
    assertThat(failure(() -> stream.updatePrompt("q")))
        .isInstanceOf(OvershootException.NotFound.class);
    stub.always(StubService.PROMPT, StubReply.json(429, "{\"error\":\"slow_down\"}"));
    assertThat(failure(() -> stream.updatePrompt("q")))
        .isInstanceOf(OvershootException.Refused.class)
        .satisfies(error -> assertThat(error.retryable()).isTrue());
    stub.always(StubService.FEEDBACK, StubReply.html(404));
    assertThat(failure(() -> stream.sendFeedback(new Feedback(3, "c", ""))))
        .isInstanceOf(OvershootException.NotFound.class);
    stub.always(StubService.MODELS, StubReply.json(500, "{\"error\":\"internal\"}"));
    assertThat(failure(() -> client.models())).isInstanceOf(OvershootException.ServerFault.class);
    stub.always(StubService.HEALTH, StubReply.empty(503));
    assertThat(failure(() -> client.health())).isInstanceOf(OvershootException.ServerFault.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not json",
        "[]",
        "3",
        "null",
        "{}",
        "{\"stream_id\":null}",
        "{\"stream_id\":\" \"}",
        "{\"stream_id\":{}}",
        "{\"stream_id\":\"s1\",\"lease\":{\"ttl_seconds\":\"soon\"}}",
        "{\"stream_id\":\"s1\"}",
        "{\"stream_id\":\"s1\"} trailing",
        "<html>"
      })
  void invalidSuccessesAreErrors(String body) {
    stub.always(StubService.CREATE, StubReply.json(200, body));
    assertThat(failure(this::open))
        .isInstanceOf(OvershootException.UnreadableAnswer.class)
        .hasMessageContaining("OVERSHOOT_API_URL");
  }

  @Test
  void aStreamWithoutASdpAnswerIsDeleted() throws Exception {
    stub.always(StubService.CREATE, StubReply.json(201, "{\"stream_id\":\"lonely\"}"));
    assertThat(failure(this::open)).hasMessageContaining("no SDP answer");
    assertThat(stub.request(StubService.DELETE).path()).endsWith("/streams/lonely");
  }

  @Test
  void anInvalidModelListIsUnreadable() {
    stub.always(StubService.MODELS, StubReply.json(200, "{\"data\":[]}"));
    assertThat(failure(() -> client.models()))
        .isInstanceOf(OvershootException.UnreadableAnswer.class);
  }

  @Test
  void badRequestsAreNotSent() {
    assertThat(
            failure(
                () ->
                    client.open(
                        new CreateStreamRequest(
                            Optional.of(SdpMessage.offer("")),
                            Optional.empty(),
                            Optional.empty(),
                            ClipProcessing.ofRatio(0, 0.1, 1, 0),
                            Inference.of(" ", ""),
                            Optional.empty()),
                        heard)))
        .isInstanceOf(OvershootException.InvalidRequest.class)
        .hasMessageContaining("webrtc.sdp is empty")
        .hasMessageContaining("processing.fps is 0 but must be 1 to 120")
        .hasMessageContaining("processing.delay_seconds is 0 but must be more than 0")
        .hasMessageContaining("inference.prompt is empty")
        .hasMessageContaining("inference.model is empty");
    OvershootStream stream = open();
    assertThat(failure(() -> stream.updatePrompt(" ")))
        .isInstanceOf(OvershootException.InvalidRequest.class);
    assertThat(failure(() -> stream.sendFeedback(new Feedback(11, "", ""))))
        .hasMessageContaining("rating is 11 but must be 0 to 10")
        .hasMessageContaining("category is empty");
    assertThat(stub.unasked(StubService.PROMPT)).isZero();
    assertThat(stub.unasked(StubService.FEEDBACK)).isZero();
    assertThat(stub.unasked(StubService.CREATE)).isEqualTo(1);
  }

  @Test
  void closedStreamsAndClientsSaySo() {
    OvershootStream stream = open();
    stream.close();
    assertThat(failure(() -> stream.updatePrompt("q")))
        .isInstanceOf(OvershootException.AlreadyClosed.class);
    client.close();
    assertThat(failure(this::open)).isInstanceOf(OvershootException.AlreadyClosed.class);
  }

  @Test
  void aMissingKeyHasTheDocumentedText() {
    for (Map<String, String> environment :
        List.of(
            Map.<String, String>of(),
            Map.of("OVERSHOOT_API_KEY", " "),
            Map.of("OVERSHOOT_API_URL", "https://a.example"))) {
      assertThat(failure(() -> ClientSettings.of(environment)))
          .isInstanceOf(OvershootException.KeyMissing.class)
          .message()
          .startsWith("OVERSHOOT_API_KEY must be provided")
          .contains(".env");
    }
  }

  @Test
  void theEnvironmentSetsKeyAndAddress() {
    ClientSettings settings =
        ClientSettings.of(
            Map.of("OVERSHOOT_API_KEY", " k \n", "OVERSHOOT_API_URL", "http://a.example/x/"));
    assertThat(settings.key()).isEqualTo(Secret.of("k"));
    assertThat(settings.baseUrl()).hasToString("http://a.example/x");
    assertThat(
            ClientSettings.of(Map.of("OVERSHOOT_API_KEY", "k", "OVERSHOOT_API_URL", "")).baseUrl())
        .hasToString("https://cluster1.overshoot.ai/api/v0.2");
  }

  @Test
  void anInvalidKeyIsRefusedWithoutPrintingIt() {
    assertThat(failure(() -> ClientSettings.of(stub.base(), Secret.of("sword\r\nfish"))))
        .isInstanceOf(OvershootException.InvalidRequest.class)
        .hasMessageContaining("OVERSHOOT_API_KEY")
        .hasMessageNotContaining("fish");
  }

  private static OvershootException failure(ThrowingCallable call) {
    return catchThrowableOfType(OvershootException.class, call);
  }
}
