package framewise.e2e.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.WaitForSelectorState;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.CuttableLine;
import framewise.e2e.JarService;
import framewise.testing.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes behind a proxy: a page that publishes its camera continues by itself when its node
 * ends.
 */
class FilmingContinuesOnAnotherNodeTest {
  private static final String KEY = "k".repeat(40);
  private static final double PATIENCE_MS = Duration.ofSeconds(60).toMillis();

  @RegisterExtension static final Browser browser = Browser.filming("EXIT 42");

  @TempDir Path folder;

  /** As in an update: the page learns at once that its connection has ended. */
  @Test
  void whenTheNodeIsStopped() throws Exception {
    follows(JarService::close, 8);
  }

  @Test
  void whenTheNodeIsKilled() throws Exception {
    follows(JarService::kill, 40);
  }

  private interface End {
    void of(JarService node);
  }

  private void follows(End end, double longestGap) throws Exception {
    String database = PostgresServer.shared().newDatabase();
    try (JarService first = node(database);
        JarService second = node(database);
        var proxy = new CuttableLine(first.port())) {
      roomFor(first, 2);
      ConsolePage console =
          browser.open("http://127.0.0.1:" + proxy.port(), new NewContextOptions());
      console.button("Webcam").click();
      Locator video = console.page().locator("video");
      video.waitFor();
      console.start("Read any visible text");
      console.expectAnswer("EXIT 42");
      String session = console.sessionId();
      Assertions.assertThat(owner(first, session)).isEqualTo(first.address());

      proxy.lead(second.port());
      end.of(first);
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(
              () ->
                  second.get("/sessions/" + session).path("status").asText().equals("streaming")
                      && owner(second, session).equals(second.address()));
      int before = console.answers().count();
      console
          .answers()
          .nth(before + 2)
          .waitFor(
              new Locator.WaitForOptions()
                  .setState(WaitForSelectorState.ATTACHED)
                  .setTimeout(PATIENCE_MS));
      Assertions.assertThat(console.sessionId()).isEqualTo(session);
      Locator moved = console.note("Continued on another node after");
      assertThat(moved).hasCount(1);
      Assertions.assertThat(seconds(moved.textContent())).isLessThan(longestGap);
      Assertions.assertThat(second.get("/sessions").path("total").asInt()).isEqualTo(1);
      console.button("Stop").click();
      assertThat(console.note("Stopped")).isVisible();
    }
  }

  private static double seconds(String note) {
    Matcher found = Pattern.compile("after ([0-9.]+) s:").matcher(note);
    Assertions.assertThat(found.find()).as(note).isTrue();
    return Double.parseDouble(found.group(1));
  }

  private JarService node(String database) throws IOException {
    int port = freePort();
    return JarService.with(
            Map.of(
                "FRAMEWISE_DATABASE",
                database,
                "FRAMEWISE_CLUSTER_KEY",
                KEY,
                "FRAMEWISE_NODE_URL",
                "http://127.0.0.1:" + port,
                "FRAMEWISE_FILES",
                folder.resolve("files").toString(),
                "BACKEND_PORT",
                Integer.toString(port)))
        .start();
  }

  /** URL of the node on which a session runs. */
  private static String owner(JarService asked, String session) {
    String id = asked.get("/sessions/" + session).at("/node/id").asText();
    return asked
        .get("/nodes")
        .path("nodes")
        .valueStream()
        .filter(node -> node.path("id").asText().equals(id))
        .map(node -> node.path("url").asText())
        .findFirst()
        .orElse("");
  }

  private static void roomFor(JarService asked, int nodes) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                asked
                        .get("/nodes")
                        .path("nodes")
                        .valueStream()
                        .filter(node -> node.path("room").asInt() > 0)
                        .count()
                    == nodes);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
