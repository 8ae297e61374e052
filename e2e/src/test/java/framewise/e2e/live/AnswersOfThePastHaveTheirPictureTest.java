package framewise.e2e.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.JarService;
import framewise.e2e.MjpegCamera;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Live video whose pictures are kept. Seen: an earlier answer stood in the live picture, and a
 * stopped stream was a black box although its pictures were there.
 */
class AnswersOfThePastHaveTheirPictureTest {
  @RegisterExtension
  static final JarService service = JarService.with(Map.of("FRAMEWISE_URL_SOURCES", "any"));

  @RegisterExtension
  static final JarService forgetful =
      JarService.with(Map.of("FRAMEWISE_URL_SOURCES", "any", "FRAMEWISE_KEEP", "off"));

  @RegisterExtension static final Browser browser = new Browser();

  @Test
  void whileTheCameraRunsAndAfterItsEnd() {
    try (MjpegCamera camera = MjpegCamera.lookingAt("EXIT 42", 10)) {
      ConsolePage console = browser.open(service);
      Page page = console.page();
      String id = start(service, console, camera);
      // Seen: a page that was open when another client started the session offered to change it.
      assertThat(console.prompt()).hasValue("How many signs are there?");
      assertThat(console.button("Discard")).hasCount(0);

      Locator still = page.locator("fw-live-view img.still");
      assertThat(still).hasCount(0);
      console.answers().first().locator("button.line").click();
      isLoaded(still);
      console.picture("past-picture");
      console.button("Back to live").click();
      assertThat(still).hasCount(0);

      console.button("Stop").click();
      isLoaded(still);
      assertThat(console.time()).containsText("in total");
      console.picture("past-picture-stopped");
      assertThat(console.barriers()).isEmpty();
      assertThat(console.faults()).isEmpty();

      ConsolePage german =
          browser.open(service, new NewContextOptions().setLocale("de-DE"), "Verbunden");
      german.page().navigate(service.address() + "/console/#/session/" + id);
      assertThat(german.time()).containsText(Pattern.compile("\\d\\s+insgesamt"));
    }
  }

  /** Seen: a request that failed with 409 for each ended camera, at each visit. */
  @Test
  void noPictureIsRequestedWhereNoneIsKept() {
    try (MjpegCamera camera = MjpegCamera.lookingAt("EXIT 42", 10)) {
      ConsolePage console = browser.open(forgetful);
      Page page = console.page();
      String id = start(forgetful, console, camera);
      console.button("Stop").click();
      assertThat(console.note("Stopped")).isVisible();
      List<String> refused = new ArrayList<>();
      page.onResponse(
          response -> {
            if (response.status() >= 400) {
              refused.add(response.status() + " " + response.url());
            }
          });
      page.reload();
      assertThat(page.locator("fw-sessions-list li[data-session='" + id + "']")).isVisible();
      assertThat(console.answers().first()).isVisible();
      page.waitForTimeout(1000);
      assertThat(refused).isEmpty();
    }
  }

  private static String start(JarService where, ConsolePage console, MjpegCamera camera) {
    console.page().locator("#url").fill(camera.url());
    console.button("Add").click();
    assertThat(console.prompt()).isVisible();
    String id = console.sessionId();
    where.post("/start-stream/" + id, Map.of("prompt", "How many signs are there?"));
    assertThat(console.answers().nth(3)).isAttached();
    return id;
  }

  private static void isLoaded(Locator picture) {
    assertThat(picture).isVisible();
    picture.page().waitForFunction("picture => picture.naturalWidth > 0", picture.elementHandle());
  }
}
