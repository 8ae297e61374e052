package framewise.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * No rule of axe-core is broken in any state of a session, in the light and the dark theme, on a
 * desktop and on a phone. Seen: the link to live sessions lost its accessible name as soon as a
 * session ran.
 */
class EveryStateIsAccessibleTest {
  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final Browser browser = Browser.withCameras(1);

  @TempDir Path folder;

  private final List<String> barriers = new ArrayList<>();

  @Test
  void ofASessionWithTwoQuestions() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("12 BOXES", "15 BOXES", 8, folder));
    look(console, "ready");
    String id = console.sessionId();
    service.post(
        "/start-stream/" + id,
        Map.of(
            "prompts",
            List.of(
                Map.of("name", "Signs", "prompt", "Read any visible text"),
                Map.of("name", "People", "prompt", "Count the people")),
            "pace",
            "fast"));
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> service.get("/sessions/" + id).path("status").asText().equals("finished"));
    console.page().reload();
    finished(console, id);

    ConsolePage phone = browser.openOnAPhone(service);
    phone.page().navigate(service.address() + "/console/#/session/" + id);
    finished(phone, id);
    phone.button("Videos").click();
    look(phone, "list on a phone");
    for (String place : List.of("service", "nodes", "live", "watches", "incidents", "endpoints")) {
      phone.page().navigate(service.address() + "/console/#/" + place);
      assertThat(phone.page().locator("main h1, main h2").first()).isVisible();
      look(phone, place + " on a phone");
    }
    assertThat(barriers).isEmpty();
  }

  @Test
  void ofAWebcam() {
    ConsolePage console = browser.open(service);
    console.button("Webcam").click();
    assertThat(console.button("Start")).isEnabled();
    look(console, "webcam");
    console.start("Read any visible text");
    assertThat(console.answers().first()).isAttached();
    look(console, "live");
    ConsolePage grid = browser.open(service);
    grid.page().navigate(service.address() + "/console/#/live");
    assertThat(grid.page().locator("fw-live-tile").first()).isVisible();
    look(grid, "all live");
    ConsolePage phone = browser.openOnAPhone(service);
    phone.page().navigate(console.page().url());
    assertThat(phone.answers().first()).isAttached();
    look(phone, "live on a phone");
    console.button("Stop").click();
    assertThat(console.button("Use the webcam again")).isVisible();
    look(console, "webcam that is over");
    assertThat(barriers).isEmpty();
  }

  private void finished(ConsolePage console, String id) {
    Page page = console.page();
    console.button("Group repeats").click();
    assertThat(page.locator("li.fold").first()).isVisible();
    look(console, "folds");
    page.locator("li.fold .unfold").first().click();
    page.locator("li.clip .details > summary").first().click();
    assertThat(page.locator("fw-result-details").first()).isVisible();
    look(console, "details");
    console.button("Download").click();
    look(console, "download");
    page.keyboard().press("Escape");
    console.button("Compare").click();
    look(console, "comparison");
    page.keyboard().press("Escape");
    console.button("Ask about a section").click();
    look(console, "ask about a part");
    console.openAsking();
    look(console, "settings of a session");
    console.button("Your questions").click();
    look(console, "own questions");
    page.keyboard().press("Escape");
    console.button("Share").click();
    look(console, "share");
    page.keyboard().press("Escape");
    console.button("Search answers").click();
    page.keyboard().type("boxes");
    assertThat(page.locator("a.hit").first()).isVisible();
    look(console, "search");
    page.keyboard().press("Escape");
    assertThat(page.locator("fw-search-dialog dialog")).isHidden();
    page.navigate(service.address() + "/console/#/session/" + id);
    console.button("Group repeats").click();
  }

  /** Checks the page in its current state, in both themes. */
  private void look(ConsolePage console, String state) {
    for (ColorScheme theme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
      console.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
      for (String barrier : ConsolePage.barriersOfAnyLevel(console.page())) {
        barriers.add(state + ", " + theme + ": " + barrier);
      }
    }
  }
}
