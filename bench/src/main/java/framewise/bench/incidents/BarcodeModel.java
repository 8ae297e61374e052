package framewise.bench.incidents;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import framewise.bench.service.ServiceProcess;
import framewise.testing.ChatWire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import javax.imageio.ImageIO;

/**
 * A model server with OpenAI's API that reads the newest picture's barcode and says whether the
 * condition holds there.
 */
final class BarcodeModel implements AutoCloseable {
  private static final ChatWire WIRE = new ChatWire("barcode", 1, 1);

  private final HttpServer web;
  private final IntPredicate truth;
  private final Supplier<Duration> latency;
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  /**
   * A question.
   *
   * @param number of the newest picture
   * @param arrived when the request had arrived completely, {@link System#nanoTime}
   * @param answered when the answer was written
   */
  record Call(int number, boolean truth, long arrived, long answered) {}

  BarcodeModel(IntPredicate truth, Supplier<Duration> latency) {
    this.truth = truth;
    this.latency = latency;
    this.web = ChatWire.start(0, this::answer);
  }

  /** Settings for a service that uses this model. */
  Map<String, String> settings() {
    return Map.of("LOCAL_BASE_URL", ChatWire.url(web), "LOCAL_MODEL", "barcode");
  }

  /** All questions so far, in the order in which they were answered. */
  List<Call> calls() {
    return List.copyOf(calls);
  }

  @Override
  public void close() {
    web.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException, InterruptedException {
    JsonNode body = ServiceProcess.JSON.readTree(exchange.getRequestBody().readAllBytes());
    long arrived = System.nanoTime();
    List<String> urls = body.findValuesAsText("url");
    String picture = urls.getLast().substring(urls.getLast().indexOf(',') + 1);
    int number =
        Barcode.read(ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(picture))));
    boolean on = truth.test(number);
    long left = latency.get().toNanos() - (System.nanoTime() - arrived);
    Thread.sleep(Duration.ofNanos(Math.max(0, left)));
    calls.add(new Call(number, on, arrived, System.nanoTime()));
    String said = "{\"number\": %d, \"on\": %s}".formatted(number, on);
    ChatWire.send(exchange, 200, WIRE.answer(said));
  }
}
