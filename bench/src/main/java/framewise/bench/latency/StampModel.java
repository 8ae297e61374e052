package framewise.bench.latency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import framewise.testing.ChatWire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;

/**
 * A model server with OpenAI's API that takes a fixed time and answers with the picture's number.
 */
final class StampModel implements AutoCloseable {
  static final Duration LATENCY = Duration.ofMillis(100);
  static final ObjectMapper JSON = new ObjectMapper();
  private static final ChatWire WIRE = new ChatWire("stamp", 1, 1);

  private final HttpServer web;
  private final Map<Integer, Long> arrivals = new ConcurrentHashMap<>();

  StampModel() {
    web = ChatWire.start(0, this::answer);
    // Loads the JPEG reader now: loading it during the first request would take longer than the
    // fixed time.
    var _ = ImageIO.getImageReadersByFormatName("jpeg").hasNext();
  }

  String url() {
    return ChatWire.url(web);
  }

  /** The body of a question about a picture. */
  static String question(byte[] jpeg) {
    return JSON.createObjectNode()
        .put("url", "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg))
        .toString();
  }

  /** When the newest question about a picture had arrived; empty before. */
  Optional<Long> arrival(int number) {
    return Optional.ofNullable(arrivals.get(number));
  }

  @Override
  public void close() {
    web.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException, InterruptedException {
    JsonNode body = JSON.readTree(exchange.getRequestBody());
    // The fixed time starts with the request's arrival, so reading the picture is part of it.
    long arrived = System.nanoTime();
    long due = arrived + LATENCY.toNanos();
    String url = body.findValuesAsText("url").getLast();
    byte[] picture = Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1));
    int number = StampedScene.read(ImageIO.read(new ByteArrayInputStream(picture)));
    arrivals.put(number, arrived);
    Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
    ChatWire.send(exchange, 200, WIRE.answer(String.valueOf(number)));
  }
}
