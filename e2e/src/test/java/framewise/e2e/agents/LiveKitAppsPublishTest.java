package framewise.e2e.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import framewise.e2e.Browser;
import framewise.e2e.CuttableLine;
import framewise.e2e.JarService;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The unmodified LiveKit clients publish into streams of v1beta: {@code livekit-client} in a
 * browser on a page of another site, and {@code @livekit/rtc-node}, whose core the Python package
 * shares.
 */
class LiveKitAppsPublishTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final LiveKitApp app = new LiveKitApp();
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void aBrowserPublishesItsCanvasInFullSize() {
    var stream = V1betaStream.made(service);
    assertThat(stream.ask().statusCode()).isEqualTo(409);
    Page page = open("EXIT 42");
    page.evaluate("([url, token]) => app.connect(url, token)", stream.access());
    page.evaluate("() => app.publish()");
    stream.awaitText("EXIT 42");
    await("the full size").atMost(PATIENCE).until(() -> stream.size().equals("1280x720"));
    assertThat(page.evaluate("() => app.seen")).isEqualTo(List.of());

    page.evaluate("() => app.unpublish()");
    page.evaluate("text => app.say(text)", "GATE 7");
    page.evaluate("() => app.publish()");
    stream.awaitText("GATE 7");
    page.evaluate("() => app.mute(true)");
    page.evaluate("() => app.mute(false)");
    page.evaluate("() => app.disconnect()");
    await().atMost(PATIENCE).until(() -> stream.sessionStatus().equals("finished"));
    assertThat(stream.status().path("state").asText()).isEqualTo("active");
  }

  @Test
  void aSocketResumesAfterThreeSeconds() {
    var stream = V1betaStream.made(service);
    int port = URI.create(service.address()).getPort();
    try (var line = new CuttableLine(port)) {
      Page page = open("EXIT 42");
      page.evaluate(
          "([url, token]) => app.connect(url, token)",
          List.of("ws://127.0.0.1:" + line.port(), stream.token()));
      page.evaluate("() => app.publish()");
      stream.awaitText("EXIT 42");
      line.cut(Duration.ofSeconds(3));
      page.evaluate("text => app.say(text)", "GATE 7");
      await("the client is back")
          .atMost(PATIENCE)
          .until(() -> ((List<?>) page.evaluate("() => app.seen")).contains("reconnected"));
      assertThat(page.evaluate("() => app.seen"))
          .as("the peer connection was kept")
          .isEqualTo(List.of("signalReconnecting", "reconnected"));
      stream.awaitText("GATE 7");
      assertThat(stream.sessionStatus()).isEqualTo("streaming");
    }
  }

  @Test
  void theAppLearnsOfASecondPublisherAWrongTokenAndTheEnd() {
    var stream = V1betaStream.made(service);
    Page page = open("EXIT 42");
    page.evaluate("([url, token]) => app.connect(url, token)", stream.access());
    page.evaluate("() => app.publish()");
    stream.awaitText("EXIT 42");

    Page second = open("GATE 7");
    assertThatThrownBy(
            () -> second.evaluate("([url, token]) => app.connect(url, token)", stream.access()))
        .isInstanceOf(PlaywrightException.class)
        .hasMessageContaining("leave request");
    assertThatThrownBy(
            () ->
                second.evaluate(
                    "([url, token]) => app.connect(url, token)",
                    List.of(stream.access().getFirst(), stream.token() + "x")))
        .isInstanceOf(PlaywrightException.class)
        .hasMessageContaining("missing, wrong or expired");

    stream.delete();
    await("the app learns that the stream is gone")
        .atMost(PATIENCE)
        .until(() -> ((List<?>) page.evaluate("() => app.seen")).contains("disconnected 5"));
    assertThatThrownBy(
            () -> second.evaluate("([url, token]) => app.connect(url, token)", stream.access()))
        .hasMessageContaining("the stream has ended");
  }

  @Test
  void anOlderClientUsesTheOlderAddress() {
    var stream = V1betaStream.made(service);
    Page page = open("EXIT 42");
    page.evaluate(
        "([url, token]) => app.connect(url, token, { singlePeerConnection: false })",
        stream.access());
    page.evaluate("() => app.publish()");
    stream.awaitText("EXIT 42");
  }

  @Test
  void aProgramPublishesWithAndWithoutSimulcast() throws Exception {
    for (boolean simulcast : new boolean[] {true, false}) {
      var stream = V1betaStream.made(service);
      try (var agent = LiveKitAgent.publish(stream, simulcast, "EXIT 42", folder)) {
        stream.awaitText("EXIT 42");
        await("the full size").atMost(PATIENCE).until(() -> stream.size().equals("1280x720"));
        agent.leave();
      }
      await().atMost(PATIENCE).until(() -> stream.sessionStatus().equals("finished"));
    }
  }

  private static Page open(String words) {
    Page page = browser.visit(app.address());
    page.waitForFunction("() => window.app");
    page.evaluate("text => app.say(text)", words);
    return page;
  }
}
