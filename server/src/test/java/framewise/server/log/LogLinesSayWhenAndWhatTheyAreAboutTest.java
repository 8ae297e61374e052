package framewise.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.server.config.LogFormat;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * Regression: lines had the time of day without a date or zone, and did not say what they were
 * about.
 */
@Timeout(60)
class LogLinesSayWhenAndWhatTheyAreAboutTest {
  private static final LoggerContext CONTEXT = (LoggerContext) LoggerFactory.getILoggerFactory();

  @TempDir Path folder;

  @Test
  void aTextLineHasDateZoneLevelAndIds() {
    String line = written(LogFormat.TEXT, "Session started");
    assertThat(line)
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) INFO  Test request=r-1 session=s-1 Session started\\R");
  }

  @Test
  void clientTextCannotStartANewLine() {
    assertThat(written(LogFormat.TEXT, "name\r\n2026-01-01 ERROR forged").lines()).hasSize(1);
  }

  /**
   * Seen: a library's exception contained an agent's text, a megabyte long and with line breaks.
   */
  @ParameterizedTest
  @EnumSource(LogFormat.class)
  void norCanTextInAnException(LogFormat format) {
    String sent = "a\n2026-01-01 ERROR forged\u2028" + "b".repeat(900_000);
    var failure = new IllegalStateException("not read", new IllegalArgumentException(sent));
    String written = written(format, sent, Optional.of(failure));
    assertThat(written.lines())
        .allMatch(line -> !line.startsWith("2026") || line.contains("request=r-1"))
        .hasSizeGreaterThan(format == LogFormat.JSON ? 0 : 3);
    assertThat(written)
        .contains("a 2026-01-01 ERROR forged b", "more characters")
        .doesNotContain("\u2028")
        .hasSizeLessThan(60_000);
  }

  /** Seen: 60 lines of stack trace for each anonymous client that left without reading. */
  @Test
  void closedWebSocketsLogNoStackTrace() {
    var context = new LoggerContext();
    new LogSetup().configure(context);
    assertThat(context.getLogger(WebSocketCoreSession.class).isWarnEnabled()).isTrue();
    Class<?> flusher =
        Stream.of(WebSocketCoreSession.class.getDeclaredClasses())
            .filter(one -> one.getSimpleName().equals("Flusher"))
            .findFirst()
            .orElseThrow();
    assertThat(context.getLogger(flusher).isWarnEnabled()).isFalse();
    assertThat(context.getLogger(flusher).isErrorEnabled()).isTrue();
  }

  @Test
  void aJsonLineHasTheSameFields() throws Exception {
    var json = new ObjectMapper().readTree(written(LogFormat.JSON, "a \"quoted\"\nname"));
    assertThat(json.get("formattedMessage").asText()).isEqualTo("a \"quoted\" name");
    assertThat(json.get("level").asText()).isEqualTo("INFO");
    assertThat(json.get("timestamp").asLong()).isEqualTo(1_700_000_000_123L);
    assertThat(json.get("mdc").get("request").asText()).isEqualTo("r-1");
    assertThat(json.get("mdc").get("session").asText()).isEqualTo("s-1");
  }

  @Test
  void uploadStartStopAndDeleteLogOneLineEach() throws Exception {
    var kept = new ListAppender<ILoggingEvent>();
    kept.start();
    var own = (Logger) LoggerFactory.getLogger("framewise");
    own.addAppender(kept);
    String id;
    try (var service =
        RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), Map.of())) {
      TestClient client = service.client();
      id = client.uploaded(TestVideos.moving(folder, 10));
      client.post("/start-stream/" + id, "{\"prompt\":\"a private question\"}");
      client.post("/stop-stream/" + id, "");
      client.delete("/sessions/" + id);
    } finally {
      own.detachAppender(kept);
    }
    List<ILoggingEvent> about =
        kept.list.stream()
            .filter(event -> id.equals(event.getMDCPropertyMap().get("session")))
            .filter(event -> event.getLevel().equals(Level.INFO))
            .toList();
    assertThat(about)
        .extracting(ILoggingEvent::getFormattedMessage)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("Session created: source upload, "),
            line -> assertThat(line).isEqualTo("Session started: source upload, back end builtin"),
            line -> assertThat(line).isEqualTo("Session stopped: Stopped on request."),
            line -> assertThat(line).isEqualTo("Session deleted"));
    assertThat(about)
        .allSatisfy(event -> assertThat(event.getMDCPropertyMap()).containsKey("request"));
    assertThat(kept.list)
        .noneMatch(event -> event.getFormattedMessage().contains("a private question"));
  }

  @Test
  void responsesCarryTheRequestId() throws Exception {
    try (var service =
        RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), Map.of())) {
      assertThat(idOf(service, "/health/live", "from-a_proxy.1")).isEqualTo("from-a_proxy.1");
      assertThat(idOf(service, "/nothing/here", "abc")).isEqualTo("abc");
      assertThat(idOf(service, "/sessions", "with blanks")).matches("[0-9a-f-]{36}");
      assertThat(idOf(service, "/sessions", "x".repeat(65))).matches("[0-9a-f-]{36}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"yaml", "JSON5"})
  void otherFormatsAreRefused(String format) {
    assertThat(LogFormat.parse(format)).isEmpty();
  }

  private static String idOf(RunningService service, String path, String given) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.service().port() + path))
              .header("X-Request-Id", given)
              .build();
      return http.send(request, HttpResponse.BodyHandlers.discarding())
          .headers()
          .firstValue("X-Request-Id")
          .orElse("");
    }
  }

  private static String written(LogFormat format, String message) {
    return written(format, message, Optional.empty());
  }

  private static String written(LogFormat format, String message, Optional<Exception> failure) {
    var event = new LoggingEvent();
    failure.ifPresent(exception -> event.setThrowableProxy(new ThrowableProxy(exception)));
    event.setLoggerContextRemoteView(CONTEXT.getLoggerContextRemoteView());
    event.setLevel(Level.INFO);
    event.setLoggerName("framewise.Test");
    event.setThreadName("main");
    event.setTimeStamp(1_700_000_000_123L);
    event.setMessage(message);
    event.setMDCPropertyMap(Map.of("request", "r-1", "session", "s-1"));
    return new String(
        LogSetup.started(CONTEXT, format).encode(new BoundedEvent(event)), StandardCharsets.UTF_8);
  }
}
