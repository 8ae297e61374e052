package framewise.e2e.agents;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import framewise.e2e.NpmPackages;
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
 * Web server of an app that publishes with the unmodified npm package {@code livekit-client}. Its
 * page comes from {@code http://localhost:PORT}, which is a different site from the service's
 * {@code 127.0.0.1}.
 */
final class LiveKitApp implements BeforeAllCallback, AfterAllCallback {
  private static final String LIBRARY = "livekit-client.esm.mjs";

  private @Nullable HttpServer server;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    byte[] page;
    try (InputStream html = LiveKitApp.class.getResourceAsStream("livekit-app.html")) {
      page = Objects.requireNonNull(html).readAllBytes();
    }
    Path library = NpmPackages.folder().resolve("node_modules/livekit-client/dist/" + LIBRARY);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, "text/html", page));
    server.createContext(
        "/" + LIBRARY,
        exchange -> answer(exchange, "text/javascript", Files.readAllBytes(library)));
    server.start();
  }

  /** URL of its page. */
  String address() {
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
