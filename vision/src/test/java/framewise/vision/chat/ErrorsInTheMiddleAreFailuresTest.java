package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.vision.AnswerException;
import framewise.vision.ClipBackend;
import framewise.vision.Question;
import framewise.vision.chat.stub.RecordingAskListener;
import framewise.vision.chat.stub.ServiceReply;
import framewise.vision.chat.stub.Services;
import framewise.vision.chat.stub.WireForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Seen: half an answer was a result with {@code ok: true}, because the error event had another
 * format.
 */
@Timeout(60)
class ErrorsInTheMiddleAreFailuresTest extends ClipTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "service_failed | {\"object\":\"error\",\"message\":\"out of memory\",\"type\":\"InternalServerError\",\"param\":null,\"code\":500}",
        "service_failed | {\"object\":\"error\",\"message\":\"out of memory\"}",
        "service_failed | {\"error\":\"out of memory\"}",
        "service_failed | {\"error\":{\"message\":\"out of memory\",\"type\":\"server_error\",\"code\":null}}",
        "service_failed | {\"error\":{\"message\":\"out of memory\",\"code\":\"500\"}}",
        "service_failed | {\"error\":true,\"message\":\"out of memory\"}",
        "service_failed | {\"error\":{\"error\":{\"message\":\"out of memory\"}}}",
        "service_failed | {\"errors\":[{\"message\":\"out of memory\"}]}",
        "service_failed | {\"detail\":\"out of memory\"}",
        "service_failed | {\"message\":\"out of memory\",\"code\":\"InternalError\",\"request_id\":\"r\"}",
        "service_failed | {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"out of memory\"}}",
        "service_failed | {\"error\":{\"code\":503,\"message\":\"out of memory\",\"status\":\"UNAVAILABLE\"}}",
        "service_failed | [{\"error\":{\"code\":500,\"message\":\"out of memory\",\"status\":\"INTERNAL\"}}]",
        "service_failed | {\"base_resp\":{\"status_code\":1000,\"status_msg\":\"out of memory\"}}",
        "service_failed | {\"success\":false,\"errors\":[{\"code\":5,\"message\":\"out of memory\"}]}",
        "service_failed | {\"choices\":[{\"delta\":{},\"error\":{\"message\":\"out of memory\"}}]}",
        "rate_limited   | {\"error\":{\"message\":\"out of memory\",\"code\":429}}",
        "rate_limited   | {\"error\":{\"message\":\"out of memory\",\"code\":\"429\"}}",
        "rate_limited   | {\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"out of memory\"}}",
        "rate_limited   | {\"error\":{\"code\":429,\"message\":\"out of memory\",\"status\":\"RESOURCE_EXHAUSTED\"}}",
        "insufficient_credits | {\"error\":{\"message\":\"out of memory\",\"code\":402}}",
        "insufficient_credits | {\"base_resp\":{\"status_code\":1008,\"status_msg\":\"insufficient balance, out of memory\"}}",
      })
  void inEveryFormat(String code, String error) {
    for (Services service : Services.ofEachWire()) {
      List<String> events = new ArrayList<>(begun(service));
      events.add("data: " + error + "\n\n");
      events.addAll(rest(service));
      stub.says(ServiceReply.events(events));
      fails(service, code, "out of memory");
    }
  }

  @Test
  void theirRetryDelayIsRead() {
    List<String> events = new ArrayList<>(begun(Services.GEMINI));
    events.add(
        "data: {\"error\":{\"code\":429,\"message\":\"slowly\",\"status\":\"RESOURCE_EXHAUSTED\",\"details\":"
            + "[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"7s\"}]}}\n\n");
    stub.says(ServiceReply.events(events));
    assertThatThrownBy(
            () -> ask(Services.GEMINI, Question.of("?"), 1, new RecordingAskListener(true)))
        .isInstanceOfSatisfying(
            AnswerException.class, e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(7)));
  }

  @Test
  void orTheirEvent() {
    for (Services service : Services.ofEachWire()) {
      for (String event :
          List.of(
              "event: error\ndata: out of memory\n\n",
              "event: error\ndata: {\"text\":\"out of memory\"}\n\n",
              "error: {\"code\":500,\"message\":\"out of memory\",\"type\":\"server_error\"}\n\n",
              "{\"error\":{\"message\":\"out of memory\"}}\n")) {
        List<String> events = new ArrayList<>(begun(service));
        events.add(event);
        events.addAll(rest(service));
        stub.says(ServiceReply.events(events));
        fails(service, "service_failed", "out of memory");
      }
    }
  }

  @Test
  void aNullErrorIsNone() throws Exception {
    for (String none : List.of("null", "{}", "\"\"", "false", "0")) {
      WireForm form = Services.LOCAL.form();
      stub.says(200, form.answer("A car.", "stop").replaceFirst("\\{", "{\"error\":" + none + ","));
      assertThat(ask(Services.LOCAL, Question.of("?"), 1, new RecordingAskListener(false)).text())
          .isEqualTo("A car.");
      stub.says(
          ServiceReply.events(
              form.events(List.of("A ", "car."), "stop").stream()
                  .map(e -> e.replaceFirst("data: \\{", "data: {\"error\":" + none + ","))
                  .toList()));
      assertThat(ask(Services.LOCAL, Question.of("?"), 1, new RecordingAskListener(true)).text())
          .isEqualTo("A car.");
    }
  }

  @Test
  void nonStandardStreamsAreRead() throws Exception {
    for (Services service : Services.ofEachWire()) {
      String whole = String.join("", service.form().events(List.of("A ", "car."), "stop"));
      for (String bent :
          List.of(
              whole.replace("\n", "\r\n"),
              whole.replace("\n", "\r"),
              whole.replace("\n\n", "\n"),
              whole.replace(": ", ":").replace(":{", ": {"),
              ": keep-alive\n\n" + whole,
              "\uFEFF" + whole,
              "retry: 3000\nid: 7\n" + whole,
              whole.replace(",\"", "\ndata: ,\""),
              whole.stripTrailing())) {
        stub.says(ServiceReply.events(List.of(bent)));
        assertThat(ask(service, Question.of("?"), 1, new RecordingAskListener(true)).text())
            .isEqualTo("A car.");
        stub.says(ServiceReply.events(List.of(bent)).with("Content-Type", "application/json"));
        assertThat(ask(service, Question.of("?"), 1, new RecordingAskListener(true)).text())
            .isEqualTo("A car.");
        stub.says(ServiceReply.events(List.of(bent)));
        assertThat(ask(service, Question.of("?"), 1, new RecordingAskListener(false)).text())
            .as("who streams though nobody asked for it")
            .isEqualTo("A car.");
      }
    }
  }

  @Test
  void anOpenConnectionAfterTheEndIsFine() throws Exception {
    for (Services service : Services.ofEachWire()) {
      stub.expects(service.form());
      stub.says(
          ServiceReply.events(service.form().events(List.of("A ", "car."), "stop"))
              .in(ServiceReply.DeliveryMode.HANGS));
      ClipBackend backend = service.backend(stub, Duration.ofMillis(900));
      assertThat(ask(backend, Question.of("?"), 1, new RecordingAskListener(true)).text())
          .isEqualTo("A car.");
    }
  }

  private static List<String> begun(Services service) {
    List<String> events = service.form().events(List.of("A ", "red ", "car."), "stop");
    return events.subList(0, service == Services.ANTHROPIC ? 5 : 2);
  }

  private static List<String> rest(Services service) {
    List<String> events = service.form().events(List.of("A ", "red ", "car."), "stop");
    return events.subList(begun(service).size(), events.size());
  }

  private void fails(Services service, String code, String words) {
    assertThatThrownBy(() -> ask(service, Question.of("?"), 1, new RecordingAskListener(true)))
        .as(service.name())
        .isInstanceOfSatisfying(
            AnswerException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.getMessage()).contains(words);
            });
  }
}
