package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import framewise.vision.AnswerException;
import framewise.vision.ClipBackend;
import framewise.vision.Question;
import framewise.vision.chat.stub.RecordingAskListener;
import framewise.vision.chat.stub.ServiceStub;
import framewise.vision.chat.stub.Services;
import framewise.vision.chat.stub.WireForm;
import framewise.vision.chat.wire.Redirect;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Seen: the error was "it has no such model (404 page not found)" if {@code /v1} was missing in the
 * URL.
 */
@Timeout(60)
class WrongAddressesAreNamedTest extends ClipTest {
  /** A server's reply to an unknown path. */
  private record NotFound(int status, String type, String body) {}

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final Map<String, String> locations = new ConcurrentHashMap<>();
  private volatile int redirect = 307;
  private volatile String api = "/v1";
  private volatile NotFound notFound = new NotFound(404, "text/plain", "404 page not found");
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "404 | text/plain       | 404 page not found",
        "404 | application/json | {\"detail\":\"Not Found\"}",
        "404 | application/json | {\"error\":{\"code\":404,\"message\":\"File Not Found\",\"type\":\"not_found_error\"}}",
        "404 | application/json | {\"error\":{\"message\":\"Invalid URL (POST /chat/completions)\",\"type\":\"invalid_request_error\"}}",
        "404 | text/html        | <!DOCTYPE html><html><head><title>404 Not Found</title></head></html>",
        "404 | text/html        | <pre>Cannot POST /chat/completions</pre>",
        "404 | text/plain       |",
        "405 | application/json | {\"detail\":\"Method Not Allowed\"}",
        "501 | text/html        | <html><body>Unsupported method ('POST')</body></html>",
        "200 | application/json | {\"error\":\"Unexpected endpoint or method. (POST /chat/completions)\"}",
      })
  void withTheCorrectAddress(int status, String type, String body) {
    notFound = new NotFound(status, type, body == null ? "" : body);
    for (Services service : List.of(Services.LOCAL, Services.OPENAI, Services.ANTHROPIC)) {
      fails(
          service,
          at(""),
          "unreachable",
          "there is no API at " + at(""),
          "but at " + at("/v1") + ": set " + service.name() + "_BASE_URL to that");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/v1,        /v1/chat/completions",
    "/v1,        /v1/models",
    "/v1,        /api",
    "/v1,        /v2",
    "/proxy/v1,  /proxy",
    "/api/v1,    /v1",
    "/openai/v1, /",
    "/v1beta,    /",
  })
  void atAnyPath(String right, String set) {
    api = right;
    Services service = right.equals("/v1beta") ? Services.GEMINI : Services.LOCAL;
    fails(service, at(set), "unreachable", "but at " + at(right) + ":");
  }

  @Test
  void withTheLikeliestAddress() {
    api = "/somewhere/else";
    fails(Services.LOCAL, at("/"), "unreachable", "try " + at("/v1") + " as LOCAL_BASE_URL");
    fails(
        Services.LOCAL, at("/v1"), "unreachable", "no API at " + at("/v1"), "check LOCAL_BASE_URL");
  }

  @Test
  void aWebPageIsNotAnApi() {
    notFound = new NotFound(200, "text/html", "<!doctype html><title>Open WebUI</title>");
    fails(
        Services.LOCAL,
        at("/"),
        "unreadable_answer",
        "web page",
        "but at " + at("/v1"),
        "(Open WebUI)");
  }

  @Test
  void aRightAddressHasNoSuchModel() {
    notFound = new NotFound(404, "application/json", "{\"error\":\"model 'x' not found\"}");
    api = "/v1";
    fails(Services.LOCAL, at("/other"), "unknown_model", "model 'x' not found");
    notFound = new NotFound(404, "text/plain", "Not Found");
    locations.put("/v1/chat/completions", "");
    fails(Services.LOCAL, at("/v1"), "unknown_model", "Not Found");
  }

  @Test
  void queriesStayAtTheEnd() throws Exception {
    for (Services service : Services.values()) {
      api = service.form().base();
      asked.clear();
      URI address = at(api + "/?api-version=2024-10-21");
      for (boolean streamed : new boolean[] {false, true}) {
        assertThat(
                ask(
                        backend(service, address),
                        Question.of("?"),
                        1,
                        new RecordingAskListener(streamed))
                    .text())
            .isEqualTo("Two.");
      }
      assertThat(asked)
          .filteredOn(path -> path.startsWith("POST"))
          .hasSize(2)
          .allMatch(path -> path.endsWith("api-version=2024-10-21"))
          .allMatch(path -> path.chars().filter(c -> c == '?').count() == 1)
          .noneMatch(path -> path.contains("//"));
    }
  }

  @Test
  void keysInQueriesAreNotPrinted() {
    assertThatThrownBy(
            () ->
                ask(
                    backend(Services.LOCAL, at("/?api-key=abcd-secret")),
                    Question.of("?"),
                    1,
                    new RecordingAskListener(false)))
        .hasMessageContaining("/v1?api-key=***")
        .hasMessageNotContaining("abcd-secret");
  }

  @ParameterizedTest
  @ValueSource(ints = {307, 308})
  void redirectsToTheSameServerAreFollowed(int status) throws Exception {
    redirect = status;
    for (Services service : Services.values()) {
      api = "/there" + service.form().base();
      locations.put(service.form().base(), "/there" + service.form().base());
      for (boolean streamed : new boolean[] {false, true}) {
        var answer =
            ask(
                backend(service, at(service.form().base())),
                Question.of("?"),
                1,
                new RecordingAskListener(streamed));
        assertThat(answer.text()).isEqualTo("Two.");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void keysAreNotSentToOtherServers(int status) throws Exception {
    redirect = status;
    try (var other = new ServiceStub()) {
      for (Services service : Services.values()) {
        locations.put(service.form().base(), other.address(service.form().base()).toString());
        fails(
            service,
            at(service.form().base()),
            "unreadable_answer",
            "it redirects requests to " + other.address(service.form().base()) + ": set ");
      }
      assertThat(other.got()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ui/", "/login?next=/"})
  void consolePagesAreNotTheAddress(String page) {
    redirect = 302;
    locations.put("/ui-only", page);
    fails(Services.LOCAL, at("/ui-only"), "unreadable_answer", "but at " + at("/v1") + ":");
  }

  @Test
  void keysOfHttpsAreNeverSentOverHttp() {
    var redirect =
        new Redirect(307, URI.create("https://a.example/v1"), URI.create("http://a.example/v1"));
    assertThat(redirect.isSafe()).isFalse();
    assertThat(
            new Redirect(308, URI.create("http://a.example/v1"), URI.create("https://a.example/v1"))
                .isSafe())
        .isTrue();
    assertThat(
            new Redirect(308, URI.create("http://a.example/v1"), URI.create("http://a.example:81/"))
                .isSafe())
        .isFalse();
  }

  @Test
  void redirectLoopsEnd() {
    locations.put("/v1", "/v1");
    fails(Services.LOCAL, at("/v1"), "unreadable_answer", "in a loop");
    assertThat(asked).filteredOn(path -> path.startsWith("POST")).hasSize(10);
  }

  private void fails(Services service, URI address, String code, String... words) {
    for (boolean streamed : new boolean[] {false, true}) {
      assertThatThrownBy(
              () ->
                  ask(
                      backend(service, address),
                      Question.of("?"),
                      1,
                      new RecordingAskListener(streamed)))
          .isInstanceOfSatisfying(
              AnswerException.class,
              e -> {
                assertThat(e.getMessage()).contains(words).doesNotContain(Services.KEY);
                assertThat(e.code()).isEqualTo(code);
              });
    }
    assertThat(keys).as("the key goes with questions alone").isEmpty();
  }

  private static ClipBackend backend(Services service, URI address) {
    return service.backend(address, Duration.ofSeconds(20));
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    boolean post = exchange.getRequestMethod().equals("POST");
    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    byte[] sent = exchange.getRequestBody().readAllBytes();
    if (!post) {
      exchange.getRequestHeaders().entrySet().stream()
          .map(Object::toString)
          .filter(header -> header.contains(Services.KEY))
          .forEach(keys::add);
    }
    for (Map.Entry<String, String> moved : locations.entrySet()) {
      if (path.startsWith(moved.getKey() + "/") && !moved.getValue().isEmpty()) {
        exchange
            .getResponseHeaders()
            .add(
                "Location",
                moved.getValue().startsWith("/ui") || moved.getValue().startsWith("/login")
                    ? moved.getValue()
                    : moved.getValue() + path.substring(moved.getKey().length()));
        exchange.sendResponseHeaders(redirect, -1);
        exchange.close();
        return;
      }
    }
    boolean here = path.startsWith(api + "/") && !locations.containsKey(path);
    if (here && !post && path.equals(api + "/models")) {
      reply(exchange, 200, "application/json", "{\"object\":\"list\",\"data\":[]}");
    } else if (here && post && isCall(path.substring(api.length()))) {
      boolean streamed =
          new String(sent, StandardCharsets.UTF_8).contains("\"stream\"")
              || path.contains("stream");
      WireForm form = form(path);
      if (streamed && !new String(sent, StandardCharsets.UTF_8).contains("\"stream\":false")) {
        reply(
            exchange,
            200,
            "text/event-stream",
            String.join("", form.events(List.of("Two", "."), "stop")));
      } else {
        reply(exchange, 200, "application/json", form.answer("Two.", "stop"));
      }
    } else {
      reply(exchange, notFound.status(), notFound.type(), notFound.body());
    }
  }

  private static boolean isCall(String path) {
    return path.equals("/chat/completions")
        || path.equals("/messages")
        || path.matches("/models/[^/]+:(stream)?[gG]enerateContent");
  }

  private static WireForm form(String path) {
    if (path.endsWith("/messages")) {
      return Services.ANTHROPIC.form();
    }
    return path.contains("enerateContent") ? Services.GEMINI.form() : Services.OPENAI.form();
  }

  private static void reply(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
