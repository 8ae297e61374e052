package framewise.e2e.overshoot;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Web server of an app that uses the Overshoot SDK. Its pages come from {@code
 * http://localhost:PORT}, which is a different site from the service's {@code 127.0.0.1}, as for
 * real apps; pages of {@code localhost} may use the camera without TLS.
 */
public final class OvershootApp implements BeforeAllCallback, AfterAllCallback {
  private @Nullable HttpServer server;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    byte[] page;
    try (InputStream html = OvershootApp.class.getResourceAsStream("overshoot-app.html")) {
      page = Objects.requireNonNull(html).readAllBytes();
    }
    Path sdk = OvershootSdk.modules();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, "text/html", page));
    server.createContext(
        "/sdk/index.mjs",
        exchange ->
            answer(exchange, "text/javascript", Files.readAllBytes(sdk.resolve("index.mjs"))));
    server.start();
  }

  /** URL of its page. */
  public String address() {
    return "http://localhost:" + Objects.requireNonNull(server).getAddress().getPort() + "/";
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (server != null) {
      server.stop(0);
    }
  }

  private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().add("Content-Type", type);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
