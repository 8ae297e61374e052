package framewise.vision.chat.stub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A service on a real socket that answers or misbehaves as configured. It records its requests and
 * checks each field, like real services that refuse unknown ones.
 */
public final class ServiceStub implements AutoCloseable {
  /** A received request. */
  public record Got(String path, Headers headers, JsonNode body) {}

  private final HttpServer server;
  private final List<Got> got = new CopyOnWriteArrayList<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final Queue<ServiceReply> replies = new ArrayDeque<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch left = new CountDownLatch(1);
  private volatile String models = "{\"object\":\"list\",\"data\":[]}";
  private volatile Optional<WireForm> form = Optional.empty();

  public ServiceStub() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** Sets the expected form of the requests from now on. */
  public ServiceStub expects(WireForm expected) {
    form = Optional.of(expected);
    return this;
  }

  public URI address(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
  }

  public ServiceStub says(int status, String body) {
    return says(ServiceReply.json(status, body));
  }

  public synchronized ServiceStub says(ServiceReply reply) {
    replies.add(reply);
    return this;
  }

  /** Sets its list of models. */
  public ServiceStub has(String list) {
    models = list;
    return this;
  }

  public List<Got> got() {
    return got;
  }

  /** Waits until a client hangs up in the middle of an answer. */
  public boolean wasLeft() throws InterruptedException {
    return left.await(60, TimeUnit.SECONDS);
  }

  /** Fails if a request arrived that the service would refuse. */
  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    assertThat(faults).isEmpty();
  }

  private static void begin(HttpExchange exchange, ServiceReply reply) throws IOException {
    boolean empty = reply.parts().stream().allMatch(String::isEmpty);
    exchange.sendResponseHeaders(reply.status(), empty ? -1 : 0);
    for (byte[] part : reply.bytes()) {
      exchange.getResponseBody().write(part);
      exchange.getResponseBody().flush();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("GET")) {
      byte[] list = models.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(
          list.length == 0 ? 404 : 200, list.length == 0 ? -1 : list.length);
      exchange.getResponseBody().write(list);
      exchange.close();
      return;
    }
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    JsonNode body = WireForm.JSON.readTree(bytes);
    got.add(new Got(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
    form.ifPresent(expected -> check(expected, exchange, body));
    ServiceReply reply;
    synchronized (this) {
      reply = replies.isEmpty() ? ServiceReply.json(500, "{}") : replies.remove();
    }
    if (reply.manner() == ServiceReply.DeliveryMode.SILENT) {
      hang();
      return;
    }
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    try {
      begin(exchange, reply);
    } catch (IOException gone) {
      left.countDown();
      throw gone;
    }
    switch (reply.manner()) {
      case CUT -> throw new IOException("cut");
      case HANGS -> hang();
      case ENDLESS -> repeat(exchange, reply.bytes().getLast());
      case WHOLE, SILENT -> exchange.close();
    }
  }

  private void check(WireForm expected, HttpExchange exchange, JsonNode body) {
    String[] key = expected.keyHeader(Services.KEY).split(": ", 2);
    if (!key[1].equals(exchange.getRequestHeaders().getFirst(key[0]))) {
      faults.add("no " + key[0]);
    }
    if (!"application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
      faults.add("Content-Type " + exchange.getRequestHeaders().getFirst("Content-Type"));
    }
    String file = "/wire/" + expected.requestSchema() + ".schema.json";
    try (var text = ServiceStub.class.getResourceAsStream(file)) {
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(WireForm.JSON.readTree(text))
          .validate(body)
          .forEach(error -> faults.add(error.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void repeat(HttpExchange exchange, byte[] part) {
    try {
      while (!closing.await(5, TimeUnit.MILLISECONDS)) {
        exchange.getResponseBody().write(part);
        exchange.getResponseBody().flush();
      }
    } catch (IOException gone) {
      left.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hang() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
