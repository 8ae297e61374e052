package framewise.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import framewise.testing.ChatWire;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server of OpenAI's chat completions on a real socket. It answers {@code I see 7 boxes.} or a
 * text that a test sets, streamed or not, and reports 1,000 input and 100 output tokens. It can
 * pause an answer after its first words, and refuse requests.
 */
public final class OpenAiServer implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  public static final String ANSWER = "I see 7 boxes.";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ChatWire WIRE = new ChatWire("gpt-5.4", 1000, 100);

  private HttpServer server;
  private boolean stopped;
  private final AtomicBoolean held = new AtomicBoolean();
  private final AtomicBoolean refusing = new AtomicBoolean();
  private final Semaphore mayEnd = new Semaphore(0);
  private volatile String words = ANSWER;

  public OpenAiServer() {
    server = ChatWire.start(0, this::answer);
  }

  /** Settings of a service that uses this stub. */
  public Map<String, String> settings() {
    return Map.of("OPENAI_API_KEY", "sk-test-0123456789", "OPENAI_BASE_URL", ChatWire.url(server));
  }

  /** From now on, pauses streamed answers after their first words. */
  public void hold() {
    mayEnd.drainPermits();
    held.set(true);
  }

  /** Completes paused answers, and pauses no more. */
  public void release() {
    held.set(false);
    mayEnd.release(1_000);
  }

  /** Answers with this text from now on, until the next test. */
  public void say(String text) {
    words = text;
  }

  /** Refuses every request as rate-limited. */
  public void refuse() {
    refusing.set(true);
  }

  /** Opens the port again if the test class runs again. */
  @Override
  public void beforeAll(ExtensionContext context) {
    if (stopped) {
      server = ChatWire.start(server.getAddress().getPort(), this::answer);
      stopped = false;
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    release();
    mayEnd.drainPermits();
    refusing.set(false);
    words = ANSWER;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    release();
    server.stop(0);
    stopped = true;
  }

  private void answer(HttpExchange exchange) throws IOException, InterruptedException {
    JsonNode asked = JSON.readTree(exchange.getRequestBody());
    if (refusing.get()) {
      exchange.getResponseHeaders().add("Retry-After", "60");
      ChatWire.send(exchange, 429, "{\"error\":{\"message\":\"not now\"}}");
    } else if (asked.path("stream").asBoolean()) {
      stream(ChatWire.events(exchange));
    } else {
      ChatWire.send(exchange, 200, WIRE.answer(words));
    }
  }

  private void stream(OutputStream out) throws IOException, InterruptedException {
    String text = words;
    int first = Math.min(text.length(), 5);
    ChatWire.event(out, WIRE.part(text.substring(0, first)));
    if (held.get()) {
      boolean _ = mayEnd.tryAcquire(25, TimeUnit.SECONDS);
    }
    ChatWire.event(out, WIRE.part(text.substring(first)));
    ChatWire.event(out, WIRE.end());
    ChatWire.event(out, WIRE.usage());
    ChatWire.event(out, "[DONE]");
  }
}
