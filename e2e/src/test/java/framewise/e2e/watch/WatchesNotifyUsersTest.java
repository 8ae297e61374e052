package framewise.e2e.watch;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import com.sun.net.httpserver.HttpServer;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Watches of all sessions, watches described in words, browser notifications, and failed
 * deliveries.
 */
class WatchesNotifyUsersTest {
  @RegisterExtension
  static final JarService service = JarService.with(Map.of("FRAMEWISE_URL_SOURCES", "any"));

  @RegisterExtension static final Browser browser = new Browser();

  /** Records the notifications that the page shows. */
  private static final String RECORDER =
      """
      window.shown = [];
      window.Notification = class extends window.Notification {
        constructor(title, options) {
          super(title, options);
          window.shown.push({ title, ...options });
        }
      };
      """;

  @TempDir Path folder;

  @Test
  void aWatchOfAllSessionsNotifiesInTheBrowser() {
    service.post(
        "/watches",
        Map.of(
            "name",
            "Boxes seen",
            "when",
            Map.of("expression", "text contains \"BOXES\""),
            "open",
            Map.of("yes", 1, "of", 1)));
    ConsolePage console = browser.open(service);
    Page page = console.page();
    page.addInitScript(RECORDER);
    page.context().grantPermissions(List.of("notifications"));
    page.navigate(service.address() + "/console/#/watches");
    page.reload();
    Locator row = page.locator("fw-watches-page li");
    assertThat(row).containsText("Boxes seen");
    assertThat(row).containsText("All sessions");
    assertThat(row).containsText("No incident yet");
    assertThat(console.barriers()).isEmpty();
    page.navigate(service.address() + "/console/#/incidents");
    console.button("Browser notifications").click();
    assertThat(console.button("Browser notifications")).hasAttribute("aria-pressed", "true");

    page.navigate(service.address() + "/console/");
    console.button("Add video").click();
    console.upload(DrawnClip.saying("12 BOXES", 120, folder));
    console.start("Read any visible text");
    assertThat(console.note("Incident: Boxes seen")).isVisible();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> page.evaluate("window.shown.length").equals(1));
    String incident = service.get("/incidents").path("incidents").path(0).path("id").asText();
    assertThat(page.evaluate("window.shown[0]"))
        .isEqualTo(
            Map.of(
                "title",
                "Boxes seen",
                "body",
                "12-BOXES.mp4: 12 BOXES",
                "tag",
                incident,
                "icon",
                service.address() + "/incidents/" + incident + "/picture.jpg"));
    console.button("Stop").click();

    page.navigate(service.address() + "/console/#/watches");
    assertThat(row).containsText("Last");
    assertThat(row.locator("img")).hasJSProperty("complete", true);
    assertThat(console.barriers()).isEmpty();
    assertThat(console.faults()).isEmpty();
    service.delete("/watches/" + service.get("/watches").at("/watches/0/id").asText());
  }

  /** Seen: an incident that was over within five seconds was never shown. */
  @Test
  void aShortIncidentNotifiesTooAndInGerman() {
    service.post(
        "/watches",
        Map.of(
            "name",
            "Kisten",
            "when",
            Map.of("expression", "text contains \"BOXES\""),
            "open",
            Map.of("yes", 1, "of", 1)));
    ConsolePage console = browser.open(service);
    Page page = console.page();
    page.addInitScript(RECORDER);
    page.addInitScript("localStorage.setItem('framewise.notifications', 'on')");
    page.addInitScript("localStorage.setItem('framewise.language', 'de')");
    page.context().grantPermissions(List.of("notifications"));
    Response first =
        page.waitForResponse(
            response -> response.url().contains("/incidents?acknowledged=false"), page::reload);
    assertThat(first.finished()).isNull();
    APIResponse uploaded =
        page.request()
            .post(
                service.address() + "/upload-video",
                RequestOptions.create()
                    .setMultipart(
                        FormData.create().set("file", DrawnClip.saying("34 BOXES", 3, folder))));
    assertThat(uploaded.status()).isEqualTo(200);
    String session = service.get("/sessions").at("/sessions/0/session_id").asText();
    service.post(
        "/start-stream/" + session, Map.of("prompt", "Read any visible text", "pace", "fast"));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> page.evaluate("window.shown.length").equals(1));
    assertThat(service.get("/incidents").at("/incidents/0/state").asText()).isEqualTo("ended");
    assertThat(page.evaluate("[window.shown[0].title, window.shown[0].body]"))
        .isEqualTo(List.of("Kisten", "34-BOXES.mp4: 34 BOXES"));
    assertThat(console.faults()).isEmpty();
    service.delete("/watches/" + service.get("/watches").at("/watches/0/id").asText());
  }

  @Test
  void aWatchInWordsNeedsAModelThatCanAnswer() {
    ConsolePage console = browser.open(service);
    Page page = console.page();
    page.navigate(service.address() + "/console/#/watches");
    console.button("New watch").first().click();
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Person");
    console.button("In plain words").click();
    Locator words = page.locator("#words");
    words.fill("somebody looks unhappy");
    assertThat(console.button("Try on past answers")).hasCount(0);
    console.button("Arm").click();
    Locator wrong = page.locator("fw-watch-dialog .wrong").first();
    assertThat(wrong).containsText("the built-in model can't answer");
    assertThat(wrong).containsText("expression");
    assertThat(console.barriers()).isEmpty();
    console.picture("watch-in-words-refused");

    words.fill("Is there a person?");
    page.getByLabel("Seconds between checks").fill("5");
    page.getByLabel("Seconds between checks").press("Tab");
    console.button("Arm").click();
    Locator row = page.locator("fw-watches-page li");
    assertThat(row).containsText("“Is there a person?”");
    assertThat(row).containsText("Armed");
    assertThat(console.barriers()).isEmpty();
    assertThat(service.get("/watches").at("/watches/0/when/every").asDouble()).isEqualTo(5);
    assertThat(console.faults()).isEmpty();
    service.delete("/watches/" + service.get("/watches").at("/watches/0/id").asText());
  }

  @Test
  void aDeadLetterIsReplayed() throws IOException {
    var status = new AtomicInteger(500);
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/hook",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] body = "the disk is full".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status.get(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    receiver.start();
    try {
      service.post(
          "/endpoints",
          Map.of(
              "name",
              "Tickets",
              "kind",
              "webhook",
              "url",
              "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook"));
      ConsolePage console = browser.open(service);
      Page page = console.page();
      page.navigate(service.address() + "/console/#/endpoints");
      console.button("Send test").click();
      assertThat(page.getByText("Test failed")).isVisible();
      console.button("Deliveries to Tickets").click();
      Locator row = page.locator("fw-endpoints-page tbody tr");
      assertThat(row).hasCount(1);
      assertThat(row).containsText("Failed");
      assertThat(row).containsText("1 attempt");
      assertThat(row).containsText("HTTP 500");
      row.locator("summary").click();
      assertThat(row.locator("pre")).hasText("the disk is full");
      assertThat(console.barriers()).isEmpty();
      console.picture("dead-letter");

      status.set(200);
      row.locator("button").click();
      assertThat(row).containsText("Delivered");
      assertThat(row).containsText("2 attempts");
      console.button("Failed only").click();
      assertThat(page.getByText("No delivery has failed")).isVisible();
      assertThat(console.barriers()).isEmpty();
      assertThat(console.faults()).isEmpty();
    } finally {
      receiver.stop(0);
    }
  }
}
