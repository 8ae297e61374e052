package framewise.bench.incidents;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import framewise.bench.service.ServiceProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import javax.imageio.ImageIO;

/**
 * A model server with OpenAI's API that reads the newest picture's barcode and says whether the
 * truth holds there.
 */
final class BarcodeModel implements AutoCloseable {
  private final HttpServer web;
  private final IntPredicate truth;
  private final Supplier<Duration> latency;
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  /**
   * A question.
   *
   * @param number of the newest picture
   * @param arrived when the request was there whole, {@link System#nanoTime}
   * @param answered when the answer was written
   */
  record Call(int number, boolean truth, long arrived, long answered) {}

  BarcodeModel(IntPredicate truth, Supplier<Duration> latency) throws IOException {
    this.truth = truth;
    this.latency = latency;
    this.web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    web.createContext("/v1/chat/completions", this::answer);
    web.start();
  }

  /** Settings of a service that asks it. */
  Map<String, String> settings() {
    return Map.of(
        "LOCAL_BASE_URL",
        "http://127.0.0.1:%d/v1".formatted(web.getAddress().getPort()),
        "LOCAL_MODEL",
        "barcode");
  }

  /** All questions so far, in the order of their answers. */
  List<Call> calls() {
    return List.copyOf(calls);
  }

  @Override
  public void close() {
    web.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = ServiceProcess.JSON.readTree(exchange.getRequestBody().readAllBytes());
      long arrived = System.nanoTime();
      List<String> urls = body.findValuesAsText("url");
      String picture = urls.getLast().substring(urls.getLast().indexOf(',') + 1);
      int number =
          Barcode.read(ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(picture))));
      boolean on = truth.test(number);
      pause(arrived);
      calls.add(new Call(number, on, arrived, System.nanoTime()));
      String said = "{\"number\": %d, \"on\": %s}".formatted(number, on);
      byte[] answer =
          """
          {"id":"1","object":"chat.completion","created":1,"model":"barcode","choices":[{"index":0,\
          "message":{"role":"assistant","content":%s},"finish_reason":"stop"}],\
          "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}\
          """
              .formatted(ServiceProcess.JSON.writeValueAsString(said))
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private void pause(long arrived) {
    long left = latency.get().toNanos() - (System.nanoTime() - arrived);
    try {
      Thread.sleep(Duration.ofNanos(Math.max(0, left)));
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }
}
