package framewise.bench.incidents;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import framewise.bench.service.ServiceProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A receiver of webhooks that records those that it accepts. */
final class Hook implements AutoCloseable {
  private final HttpServer web;
  private final Function<JsonNode, HookReply> answers;
  private final List<Received> received = new CopyOnWriteArrayList<>();

  /** The response to a request, and the delay before it. */
  record HookReply(int status, Duration after) {
    static final HookReply OK = new HookReply(204, Duration.ZERO);
  }

  /**
   * A webhook that was accepted.
   *
   * @param id the header {@code webhook-id}
   * @param at when it had arrived completely, {@link System#nanoTime}
   */
  record Received(String id, JsonNode body, long at) {
    String type() {
      return body.path("type").asText();
    }

    String incident() {
      return body.at("/data/id").asText();
    }

    long seq() {
      return body.at("/data/seq").asLong();
    }
  }

  /**
   * @param answers chooses the response to a body; called from several threads
   */
  Hook(Function<JsonNode, HookReply> answers) throws IOException {
    this.answers = answers;
    this.web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    web.createContext("/hook", this::receive);
    web.start();
  }

  String url() {
    return "http://127.0.0.1:%d/hook".formatted(web.getAddress().getPort());
  }

  /** All accepted webhooks, in the order of their arrival. */
  List<Received> received() {
    return List.copyOf(received);
  }

  @Override
  public void close() {
    web.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      long at = System.nanoTime();
      JsonNode json = ServiceProcess.JSON.readTree(body);
      HookReply answer = answers.apply(json);
      if (answer.status() / 100 == 2) {
        received.add(
            new Received(
                String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id")), json, at));
      }
      Thread.sleep(answer.after());
      exchange.sendResponseHeaders(answer.status(), -1);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }
}
