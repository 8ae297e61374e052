package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.MissingNode;
import framewise.vision.AnswerException;
import framewise.vision.Question;
import framewise.vision.chat.stub.RecordingAskListener;
import framewise.vision.chat.stub.ServiceReply;
import framewise.vision.chat.stub.Services;
import framewise.vision.chat.wire.ErrorBody;
import framewise.vision.chat.wire.RetryAfter;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class RetryAfterIsReadInEveryFormTest extends ClipTest {
  private static final Instant NOW = Instant.parse("2026-11-23T01:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Retry-After: 7 | 7000",
        "retry-after: 0.25 | 250",
        "Retry-After: Mon, 23 Nov 2026 01:02:00 GMT | 120000",
        "retry-after-ms: 1500 | 1500",
        "retry-after-ms: 1500; retry-after: 2 | 1500",
        "x-ratelimit-remaining-requests: 0; x-ratelimit-reset-requests: 1m2.5s | 62500",
        "x-ratelimit-remaining-tokens: 0; x-ratelimit-reset-tokens: 120ms | 120",
        "anthropic-ratelimit-tokens-remaining: 0; anthropic-ratelimit-tokens-reset: 2026-11-23T01:00:09Z | 9000",
        "x-ratelimit-remaining: 0; x-ratelimit-reset: 1795395605 | 5000",
        "Retry-After: 999999999 | 86400000",
      })
  void delaysAreParsed(String headers, long millis) {
    assertThat(read(headers, "{}")).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Retry-After: soon",
        "Retry-After: -3",
        "Retry-After: 0",
        "Retry-After: Mon, 23 Nov 2026 00:59:00 GMT",
        "Retry-After: 99999999999999999999",
        "x-ratelimit-remaining-requests: 3; x-ratelimit-reset-requests: 1m",
        "x-ratelimit-remaining-requests: 0; x-ratelimit-reset-requests: whenever",
        "Content-Type: text/plain",
      })
  void noDelayIsInvented(String headers) {
    assertThat(read(headers, "{}")).isEmpty();
  }

  @Test
  void geminiHasItInTheErrorBody() {
    assertThat(
            read(
                "Content-Type: application/json",
                "{\"error\":{\"code\":429,\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\"},"
                    + "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"34.5s\"}]}}"))
        .contains(Duration.ofMillis(34_500));
  }

  @ParameterizedTest
  @EnumSource
  void itReachesTheCaller(Services service) {
    for (boolean streamed : new boolean[] {true, false}) {
      stub.says(
          ServiceReply.json(429, service.form().error(429, "slower")).with("Retry-After", "12"));
      assertThatThrownBy(
              () -> ask(service, Question.of("?"), 1, new RecordingAskListener(streamed)))
          .isInstanceOfSatisfying(
              AnswerException.class,
              e -> {
                assertThat(e.code()).isEqualTo("rate_limited");
                assertThat(e.retryAfter()).contains(Duration.ofSeconds(12));
              });
    }
  }

  private static Optional<Duration> read(String headers, String body) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    Arrays.stream(headers.split("; ", -1))
        .map(header -> header.split(": ", 2))
        .forEach(header -> all.put(header[0], List.of(header[1])));
    ErrorBody error = ErrorBody.parse(body);
    return new RetryAfter(NOW)
        .of(
            HttpHeaders.of(all, (name, value) -> true),
            body.equals("{}") ? MissingNode.getInstance() : error.json());
  }
}
