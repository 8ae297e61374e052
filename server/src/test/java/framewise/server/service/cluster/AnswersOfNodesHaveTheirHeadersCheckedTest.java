package framewise.server.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Regression: a node forwarded another node's response with its cookies and redirects, and with
 * that node's Content-Security-Policy and Access-Control-Allow-Origin instead of its own.
 */
@Timeout(180)
class AnswersOfNodesHaveTheirHeadersCheckedTest {
  private static final String BODY = "{\"hello\":\"there\"}";

  @TempDir Path folder;

  @Test
  void onlyKnownHeadersAreForwarded() throws Exception {
    HttpServer hostile =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    hostile.createContext("/", AnswersOfNodesHaveTheirHeadersCheckedTest::answer);
    hostile.start();
    try (var nodes = Nodes.start(folder, 1)) {
      nodes.add(Map.of("FRAMEWISE_NODE_URL", "http://127.0.0.1:" + hostile.getAddress().getPort()));
      String picture =
          "/sessions/"
              + nodes.client(1).uploaded(TestVideos.moving(folder, 2))
              + "/snapshot.jpg?location=";
      HttpResponse<String> passed = nodes.client(0).get(picture + "../whip/1/2");
      assertThat(passed.statusCode()).isEqualTo(201);
      assertThat(passed.body()).isEqualTo(BODY);
      HttpHeaders headers = passed.headers();
      assertThat(headers.map())
          .containsEntry("location", List.of("../whip/1/2"))
          .containsEntry("etag", List.of("\"7\""))
          .containsEntry("retry-after", List.of("3"))
          .containsEntry("content-type", List.of("application/json"))
          .containsEntry("content-length", List.of(Integer.toString(BODY.length())))
          .containsEntry("x-framewise-session", List.of("1"))
          .containsEntry(
              "link", List.of("<stun:a>; rel=\"ice-server\"", "<stun:b>; rel=\"ice-server\""))
          .containsEntry(
              "content-security-policy", List.of("default-src 'none'; frame-ancestors 'none'"))
          .containsEntry("x-frame-options", List.of("DENY"))
          .doesNotContainKeys(
              "set-cookie",
              "access-control-allow-origin",
              "access-control-allow-credentials",
              "clear-site-data",
              "refresh",
              "strict-transport-security",
              "x-other");

      assertThat(location(nodes.client(0), picture, "/whip/1/2")).containsExactly("/whip/1/2");
      for (String elsewhere :
          List.of(
              "https://other.example/",
              "//other.example/",
              "///other.example/",
              "/\\other.example/",
              "javascript:alert(1)")) {
        assertThat(location(nodes.client(0), picture, elsewhere)).as(elsewhere).isEmpty();
      }
    } finally {
      hostile.stop(0);
    }
  }

  private static List<String> location(TestClient client, String path, String location)
      throws Exception {
    HttpResponse<String> passed =
        client.get(path + URLEncoder.encode(location, StandardCharsets.UTF_8));
    assertThat(passed.statusCode()).isEqualTo(201);
    return passed.headers().allValues("Location");
  }

  private static void answer(HttpExchange exchange) throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Location", exchange.getRequestURI().getQuery().replaceFirst("location=", ""));
    headers.set("ETag", "\"7\"");
    headers.set("Retry-After", "3");
    headers.set("Content-Type", "application/json");
    headers.set("X-Framewise-Session", "1");
    headers.put("Link", List.of("<stun:a>; rel=\"ice-server\"", "<stun:b>; rel=\"ice-server\""));
    headers.set("Set-Cookie", "framewise=stolen; Path=/");
    headers.set("Content-Security-Policy", "default-src *");
    headers.set("X-Frame-Options", "ALLOWALL");
    headers.set("Access-Control-Allow-Origin", "*");
    headers.set("Access-Control-Allow-Credentials", "true");
    headers.set("Clear-Site-Data", "\"*\"");
    headers.set("Refresh", "0; url=https://other.example/");
    headers.set("Strict-Transport-Security", "max-age=31536000");
    headers.set("X-Other", "1");
    exchange.sendResponseHeaders(201, BODY.length());
    try (var out = exchange.getResponseBody()) {
      out.write(BODY.getBytes(StandardCharsets.UTF_8));
    }
  }
}
