package framewise.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import framewise.testing.ChatWire;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A server of OpenAI's chat completions on a real socket: answers {@code I see 7 boxes.}, streamed
 * or not.
 */
public final class OpenAiStub implements AutoCloseable {
  private static final List<String> WORDS = List.of("I see", " 7", " boxes.");
  private static final ChatWire WIRE = new ChatWire("gpt-5.4", 1000, 100);

  /** A response other than an answer. */
  record Refusal(int status, Map<String, String> headers) {}

  private static final Refusal SILENCE = new Refusal(0, Map.of());

  private final HttpServer server;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch held = new CountDownLatch(0);
  private final AtomicReference<Refusal> refusal = new AtomicReference<>();
  private volatile String answer = String.join("", WORDS);

  public OpenAiStub() {
    server = ChatWire.start(0, this::answer);
  }

  /** Settings of a service that uses this stub. */
  public Map<String, String> settings() {
    return Map.of("OPENAI_API_KEY", "sk-test-0123456789", "OPENAI_BASE_URL", ChatWire.url(server));
  }

  /** Bodies of all requests. */
  public List<JsonNode> asked() {
    return asked;
  }

  public void refuse(int status, Map<String, String> headers) {
    refusal.set(new Refusal(status, headers));
  }

  /** Gives another answer to requests that don't stream. */
  public void say(String text) {
    answer = text;
  }

  /** Holds the answers back until {@link #letGo}. */
  public void hold() {
    held = new CountDownLatch(1);
  }

  public void letGo() {
    held.countDown();
  }

  /** Accepts requests and never answers. */
  public void keepSilent() {
    refusal.set(SILENCE);
  }

  public void answerAgain() {
    refusal.set(null);
  }

  @Override
  public void close() {
    closed.countDown();
    letGo();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException, InterruptedException {
    JsonNode body = TestClient.JSON.readTree(exchange.getRequestBody());
    asked.add(body);
    held.await();
    Refusal instead = refusal.get();
    if (SILENCE.equals(instead)) {
      closed.await();
    } else if (instead != null) {
      instead.headers().forEach(exchange.getResponseHeaders()::add);
      ChatWire.send(exchange, instead.status(), "{\"error\":{\"message\":\"not now\"}}");
    } else if (body.path("stream").asBoolean()) {
      stream(ChatWire.events(exchange));
    } else {
      ChatWire.send(exchange, 200, WIRE.answer(answer));
    }
  }

  private static void stream(OutputStream out) throws IOException, InterruptedException {
    for (String word : WORDS) {
      ChatWire.event(out, WIRE.part(word));
      // Clients must receive each part on its own.
      Thread.sleep(150);
    }
    ChatWire.event(out, WIRE.end());
    ChatWire.event(out, WIRE.usage());
    ChatWire.event(out, "[DONE]");
  }
}
