package framewise.media;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A web server on this computer for the files of a folder, with range requests. */
public final class WebServer implements AutoCloseable {
  /** A custom reply to a request. */
  public interface Answer {
    void send(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  public WebServer(String address) throws IOException {
    this(HttpServer.create(new InetSocketAddress(address, 0), 0));
  }

  /** A server with a certificate. */
  public static WebServer secure(String address, SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create(new InetSocketAddress(address, 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new WebServer(server);
  }

  private WebServer(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.start();
  }

  public WebServer folder(Path folder) {
    return on("/", exchange -> file(exchange, folder));
  }

  public WebServer on(String path, Answer answer) {
    server.createContext(
        path,
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          try (exchange) {
            answer.send(exchange);
          } catch (IOException theClientHungUp) {
            // as clients do
          }
        });
    return this;
  }

  public WebServer redirect(String path, String location) {
    return on(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Location", location);
          exchange.sendResponseHeaders(302, -1);
        });
  }

  public String url(String path) {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return "%s://%s:%d%s"
        .formatted(scheme, server.getAddress().getAddress().getHostAddress(), port(), path);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** The requested paths, in order. */
  public List<String> asked() {
    return asked;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void file(HttpExchange exchange, Path folder) throws IOException {
    Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
    if (!Files.isRegularFile(file)) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    byte[] bytes = Files.readAllBytes(file);
    String range = exchange.getRequestHeaders().getFirst("Range");
    String[] ends = range == null ? new String[] {"0"} : range.substring(6).split("-", 2);
    int from = Integer.parseInt(ends[0]);
    int to = ends.length < 2 || ends[1].isEmpty() ? bytes.length - 1 : Integer.parseInt(ends[1]);
    if (range != null) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, to, bytes.length));
    }
    exchange.sendResponseHeaders(range == null ? 200 : 206, to - from + 1);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes, from, to - from + 1);
    }
  }
}
