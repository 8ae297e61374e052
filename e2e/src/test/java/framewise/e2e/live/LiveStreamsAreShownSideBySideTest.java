package framewise.e2e.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.JarService;
import framewise.e2e.MjpegCamera;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LiveStreamsAreShownSideBySideTest {
  @RegisterExtension
  static final JarService service =
      JarService.with(Map.of("FRAMEWISE_URL_SOURCES", "any", "FRAMEWISE_MAX_STREAMS", "24"));

  @RegisterExtension static final Browser browser = Browser.filming("EXIT 24");

  private final List<MjpegCamera> cameras = new ArrayList<>();
  private final List<String> sessions = new ArrayList<>();

  @AfterEach
  void switchOff() {
    sessions.forEach(session -> service.post("/stop-stream/" + session));
    sessions.forEach(session -> service.delete("/sessions/" + session));
    cameras.forEach(MjpegCamera::close);
  }

  @Test
  void withPictureNameAndNewestAnswer() {
    start("Gate", "EXIT 42", 1);
    start("Loading bay", "DOCK 3", 1);
    String webcam = webcam();

    ConsolePage console = browser.open(service);
    assertThat(console.page().locator("a.live[href='#/live']"))
        .hasText(Pattern.compile("All live\\s*3"));
    console.page().keyboard().press("l");
    assertThat(tiles(console)).hasCount(3);
    assertThat(tile(console, "Gate")).containsText("EXIT 42");
    assertThat(tile(console, "Gate")).containsText("Running");
    assertThat(tile(console, "Gate")).containsText(Pattern.compile("answered \\d+ s ago"));
    assertThat(tile(console, "Loading bay")).containsText("DOCK 3");
    assertThat(tile(console, "Webcam")).containsText("EXIT 24");
    for (String name : List.of("Gate", "Loading bay", "Webcam")) {
      assertMoves(console, name);
    }
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("grid");

    cameras.getFirst().off();
    assertThat(tile(console, "Gate")).containsText("Trying again in");
    service.post("/stop-stream/" + webcam);
    assertThat(tile(console, "Webcam")).containsText("Stopped");
    console.picture("grid-trouble");

    tile(console, "Loading bay").focus();
    console.page().keyboard().press("Enter");
    console.expectAnswer("DOCK 3");
    console.page().goBack();
    assertThat(tile(console, "Loading bay")).containsText("DOCK 3");
    Assertions.assertThat(console.faults()).isEmpty();
  }

  @Test
  void twentyStreamsUseFewConnections() {
    for (int i = 1; i <= 20; i++) {
      start("Camera " + i, "GATE " + i, 60);
    }
    ConsolePage console = browser.openInTheDark(service);
    AtomicInteger asking = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger asked = new AtomicInteger();
    Set<String> seen = new HashSet<>();
    console
        .page()
        .onRequest(
            request -> {
              if (request.url().contains("/snapshot.jpg")) {
                seen.add(request.url());
                asked.incrementAndGet();
                most.accumulateAndGet(asking.incrementAndGet(), Math::max);
              }
            });
    console
        .page()
        .onRequestFinished(
            request -> {
              if (request.url().contains("/snapshot.jpg")) {
                asking.decrementAndGet();
              }
            });
    console.page().locator("a.live[href='#/live']").click();
    assertThat(tiles(console)).hasCount(20);
    for (int i = 1; i <= 20; i++) {
      Locator tile = tile(console, "Camera " + i);
      tile.scrollIntoViewIfNeeded();
      assertThat(tile).containsText("GATE " + i);
      assertThat(tile.locator(".picture")).hasClass(Pattern.compile("seen"));
    }
    Assertions.assertThat(seen).hasSize(20);
    Assertions.assertThat(most.get()).isLessThanOrEqualTo(2);
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("grid-twenty");

    hide(console, true);
    console.page().waitForCondition(() -> asking.get() == 0);
    int before = asked.get();
    console.page().waitForTimeout(3_000);
    Assertions.assertThat(asked.get()).as("pictures while nobody looks").isEqualTo(before);
    hide(console, false);
    console.page().waitForCondition(() -> asked.get() > before + 5);
    Assertions.assertThat(console.faults()).isEmpty();
  }

  @Test
  void aPhoneShowsThemInOneColumn() {
    start("Gate", "EXIT 42", 1);
    start("Loading bay", "DOCK 3", 1);
    ConsolePage console = browser.openOnAPhone(service);
    console.page().locator("a.live[href='#/live']").click();
    assertThat(tile(console, "Gate")).containsText("EXIT 42");
    assertMoves(console, "Gate");
    Assertions.assertThat(
            console.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo(true);
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("phone-grid");
  }

  @Test
  void anEmptyPageSaysHowToBegin() {
    ConsolePage console = browser.open(service);
    console.page().locator("a.live[href='#/live']").click();
    assertThat(console.page().getByText("Nothing is live now")).isVisible();
    assertThat(console.page().getByText(service.address() + "/whip")).isVisible();
    assertThat(console.page().getByText("rtsp://192.168.1.20/stream1")).isVisible();
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("grid-empty");
  }

  /**
   * Starts a session of a camera that films a sign, with a question at this interval in seconds.
   */
  private void start(String name, String sign, int every) {
    MjpegCamera camera = MjpegCamera.lookingAt(sign, 2);
    cameras.add(camera);
    String id =
        service
            .post("/sessions", Map.of("url", camera.url(), "name", name))
            .path("session_id")
            .asText();
    service.post(
        "/start-stream/" + id, Map.of("prompt", "Read any visible text", "delay_seconds", every));
    sessions.add(id);
  }

  /** Publishes a camera from another page. */
  private String webcam() {
    ConsolePage sender = browser.open(service);
    sender.button("Webcam").click();
    assertThat(sender.page().locator("video")).isVisible();
    sender.button("Read any visible text").click();
    sender.button("Start").click();
    sender.expectAnswer("EXIT 24");
    sessions.add(sender.sessionId());
    return sender.sessionId();
  }

  private static Locator tiles(ConsolePage console) {
    return console.page().locator("fw-live-tile a");
  }

  private static Locator tile(ConsolePage console, String name) {
    return console
        .page()
        .locator("fw-live-tile a")
        .filter(
            new Locator.FilterOptions()
                .setHas(
                    console.page().getByText(name, new Page.GetByTextOptions().setExact(true))));
  }

  private static void assertMoves(ConsolePage console, String name) {
    Locator canvas = tile(console, name).locator("canvas");
    assertThat(canvas).isVisible();
    Object first = canvas.evaluate("c => c.toDataURL()");
    console.page().waitForCondition(() -> !first.equals(canvas.evaluate("c => c.toDataURL()")));
  }

  /** Hides the page, as when another tab is in front. */
  private static void hide(ConsolePage console, boolean hidden) {
    console
        .page()
        .evaluate(
            """
            (hidden) => {
              Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
              document.dispatchEvent(new Event('visibilitychange'));
            }""",
            hidden);
  }
}
