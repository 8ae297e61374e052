package framewise.vision.overshoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import framewise.media.MediaTime;
import framewise.media.picture.Clip;
import framewise.media.picture.Frame;
import framewise.vision.AnswerException;
import framewise.vision.Question;
import framewise.vision.chat.Access;
import framewise.vision.chat.PictureEncoding;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Overshoot's particulars: its models, regions, limits and error messages. */
@Timeout(60)
class OvershootV1betaIsAskedTest {
  private static final String KEY = "ovs_a_key_that_must_not_be_seen";
  private static final String USUAL = OvershootBackend.PROVIDER.defaultModel();

  private record Said(int status, String body) {}

  private final Queue<Said> replies = new ArrayDeque<>();
  private final List<String> regions = new CopyOnWriteArrayList<>();
  private final List<String> models = new CopyOnWriteArrayList<>();
  private String list = "";
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1beta/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void readyModelsAreListed() throws Exception {
    list =
        "{\"object\":\"list\",\"data\":[{\"id\":\"text-only\",\"status\":\"ready\"},"
            + "{\"id\":\"Qwen/Qwen3.6-27B-FP8\",\"status\":\"ready\"},"
            + "{\"id\":\"down\",\"status\":\"unavailable\"}]}";
    try (var backend = backend()) {
      assertThat(backend.models()).containsExactly("Qwen/Qwen3.6-27B-FP8", "text-only");
      answers();
      ask(backend);
      assertThat(models).containsExactly("Qwen/Qwen3.6-27B-FP8");
    }
  }

  @Test
  void theDefaultModelOtherwise() throws Exception {
    try (var backend = backend()) {
      assertThat(backend.models()).containsExactly(USUAL);
      assertThat(backend.readiness().ready()).isTrue();
      answers();
      ask(backend);
      assertThat(models).containsExactly(USUAL);
    }
  }

  @Test
  void theNextClipGoesToTheNamedRegion() throws Exception {
    try (var backend = backend()) {
      replies.add(
          new Said(
              409,
              "{\"detail\":{\"error\":\"region_error\",\"expected_region\":\"us-central1\",\"requested_region\":null}}"));
      assertThatThrownBy(() -> ask(backend))
          .isInstanceOfSatisfying(
              AnswerException.class, e -> assertThat(e.code()).isEqualTo("invalid_request"))
          .hasMessageContaining("us-central1");
      answers();
      ask(backend);
      assertThat(regions).containsExactly("-", "us-central1");
    }
  }

  @Test
  void invalidRegionsAreIgnored() throws Exception {
    try (var backend = backend()) {
      replies.add(
          new Said(
              409,
              "{\"detail\":{\"error\":\"region_error\",\"expected_region\":\"x\\r\\nEvil: 1\"}}"));
      assertThatThrownBy(() -> ask(backend)).isInstanceOf(AnswerException.class);
      answers();
      ask(backend);
      assertThat(regions).containsExactly("-", "-");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "401 | unauthorized | Overshoot.ai refused the API key: check OVERSHOOT_API_KEY. (no ***) | {\"detail\":\"no "
            + KEY
            + "\"}",
        "402 | insufficient_credits | The Overshoot.ai account has no credits left. (empty) | {\"detail\":{\"error\":{\"message\":\"empty\",\"type\":\"billing_error\",\"code\":\"billing_denied\"}}}",
        "400 | content_filter | Overshoot.ai: its content filter blocked the answer."
            + " (unsafe) |"
            + " {\"detail\":{\"error\":{\"message\":\"unsafe\",\"type\":\"provider_error\",\"code\":\"provider_safety_block\"}}}",
        "504 | service_failed | Overshoot.ai: server error. (slow) | {\"detail\":{\"error\":{\"message\":\"slow\",\"type\":\"upstream_error\",\"code\":\"upstream_timeout\"}}}",
        "429 | rate_limited | Overshoot.ai: rate limit reached: lower the frequency or raise your quota. (wait) | {\"detail\":{\"error\":{\"message\":\"wait\",\"type\":\"rate_limit_error\",\"code\":\"rate_limited\"}}}",
        "422 | invalid_request | Overshoot.ai: it refused the request. (model: required) | {\"error\":\"validation_error\",\"message\":\"model: required\",\"details\":[]}"
      })
  void errorsHaveTheOriginalTexts(int status, String code, String message, String body)
      throws Exception {
    try (var backend = backend()) {
      replies.add(new Said(status, body));
      assertThatThrownBy(() -> ask(backend))
          .isInstanceOfSatisfying(
              AnswerException.class,
              e -> {
                assertThat(e.code()).isEqualTo(code);
                if (status == 429) {
                  assertThat(e.retryAfter()).contains(Duration.ofSeconds(1));
                }
              })
          .hasMessage(message);
    }
  }

  @Test
  void unreachable() throws Exception {
    server.stop(0);
    try (var backend = backend()) {
      assertThatThrownBy(() -> ask(backend))
          .hasMessageStartingWith(
              "Failed to connect to Overshoot.ai: check the network and OVERSHOOT_API_URL.");
    }
  }

  @Test
  void timesOut() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var backend =
            backend(
                "http://127.0.0.1:%d/v1beta".formatted(silent.getLocalPort()),
                Duration.ofMillis(300))) {
      assertThatThrownBy(() -> ask(backend))
          .hasMessageStartingWith("Timeout connecting to Overshoot.ai: it did not answer in time.");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.overshoot.ai/v1beta, https://api.overshoot.ai/v1beta",
    "https://api.overshoot.ai/v1beta/, https://api.overshoot.ai/v1beta",
    "https://api.overshoot.ai, https://api.overshoot.ai/v1beta",
    "http://localhost:9000/proxy/v1beta, http://localhost:9000/proxy/v1beta",
    "https://api.overshoot.ai/v0.2,",
    "https://cluster1.overshoot.ai/api/v0.2,",
    "http://localhost:8000/api/v0.2,"
  })
  void theUrlSelectsTheVersion(String address, @Nullable String expected) {
    assertThat(OvershootBackend.generation(URI.create(address)))
        .isEqualTo(Optional.ofNullable(expected).map(URI::create));
  }

  private void answers() {
    replies.add(
        new Said(
            200,
            "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Yes.\"},\"finish_reason\":\"stop\"}]}"));
  }

  private OvershootBackend backend() {
    return backend(
        "http://127.0.0.1:%d/v1beta".formatted(server.getAddress().getPort()),
        Duration.ofSeconds(20));
  }

  private static OvershootBackend backend(String address, Duration timeout) {
    return OvershootBackend.own(
        new Access(
            Optional.of(KEY),
            Optional.of(URI.create(address)),
            Optional.empty(),
            timeout,
            PictureEncoding.DEFAULT));
  }

  private static void ask(OvershootBackend backend) throws Exception {
    var frame = Frame.of(new BufferedImage(32, 32, BufferedImage.TYPE_3BYTE_BGR), MediaTime.ZERO);
    try (var clip = new Clip(0, MediaTime.ZERO, MediaTime.ofSeconds(1), List.of(frame))) {
      backend.ask(clip, Question.of("What?"));
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Said said = new Said(list.isEmpty() ? 404 : 200, list);
    if (exchange.getRequestMethod().equals("POST")) {
      said = replies.remove();
      models.add(body.replaceAll("(?s).*\"model\"\\s*:\\s*\"([^\"]+)\".*", "$1"));
      regions.add(
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Overshoot-Region"))
              .orElse("-"));
    } else {
      assertThat(exchange.getRequestHeaders().containsKey("Authorization")).isFalse();
    }
    if (said.status() == 429) {
      exchange.getResponseHeaders().add("Retry-After", "1");
      exchange.getResponseHeaders().add("x-ratelimit-remaining", "0");
    }
    byte[] bytes = said.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(said.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
