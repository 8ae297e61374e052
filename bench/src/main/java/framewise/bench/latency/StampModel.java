package framewise.bench.latency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;

/**
 * A model server with OpenAI's API that takes a fixed time and answers with the picture's number.
 */
final class StampModel implements AutoCloseable {
  static final Duration LATENCY = Duration.ofMillis(100);
  static final ObjectMapper JSON = new ObjectMapper();
  private final HttpServer web;

  StampModel() throws IOException {
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    web.createContext("/v1/chat/completions", StampModel::answer);
    web.start();
    // The first picture ever read would take longer than the model may.
    var _ = ImageIO.getImageReadersByFormatName("jpeg").hasNext();
  }

  String url() {
    return "http://127.0.0.1:%d/v1".formatted(web.getAddress().getPort());
  }

  @Override
  public void close() {
    web.stop(0);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = JSON.readTree(exchange.getRequestBody());
      // The time counts from the arrival, so that reading the picture is part of it.
      long due = System.nanoTime() + LATENCY.toNanos();
      String url = body.findValuesAsText("url").getLast();
      byte[] picture = Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1));
      int number = StampedScene.read(ImageIO.read(new ByteArrayInputStream(picture)));
      byte[] answer =
          """
          {"id":"1","object":"chat.completion","created":1,"model":"stamp","choices":[{"index":0,\
          "message":{"role":"assistant","content":"%d"},"finish_reason":"stop"}],\
          "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}\
          """
              .formatted(number)
              .getBytes(StandardCharsets.UTF_8);
      Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }
}
