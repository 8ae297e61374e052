package framewise.e2e.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.JarService;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The user chooses the source, and switches it during a broadcast. */
class CamerasAndScreensAreChosenTest {
  private static final String KEY = "ovs_console_4711";

  @RegisterExtension
  static final JarService service = JarService.with(Map.of("FRAMEWISE_API_KEYS", KEY));

  @RegisterExtension static final Browser browser = Browser.withCameras(3);

  @Test
  void switchingTheCameraKeepsTheSession() {
    ConsolePage console = browser.open(service);
    console.button("Webcam").click();
    start(console);
    assertThat(console.answers().first()).isVisible();
    String session = console.sessionId();
    Locator choice = console.page().getByLabel("Camera", exactly());
    Assertions.assertThat(choice.locator("option").count()).isEqualTo(3);
    String first = choice.inputValue();
    // Chromium's second fake camera delivers depth pictures, which WebRTC does not send.
    Object other = choice.evaluate("s => s.options[2].value");
    choice.selectOption(String.valueOf(other));

    assertThat(choice).hasValue(String.valueOf(other));
    Assertions.assertThat(first).isNotEqualTo(other);
    Assertions.assertThat(device(console)).isEqualTo(other);
    int before = console.answers().count();
    assertThat(console.answers().nth(before + 2)).isAttached();
    Assertions.assertThat(console.sessionId()).isEqualTo(session);
    console.picture("webcam-other");
    console.button("Stop").click();
    assertThat(console.note("Stopped")).isVisible();
    Assertions.assertThat(console.faults()).isEmpty();
  }

  @Test
  void aPhoneSwitchesToItsOtherCamera() {
    ConsolePage console =
        browser.open(
            service,
            new NewContextOptions().setViewportSize(390, 844).setIsMobile(true).setHasTouch(true));
    console.button("Webcam").click();
    assertThat(console.page().locator("video")).isVisible();
    Object first = device(console);
    console.button("Switch camera").click();
    assertThat(console.page().getByLabel("Camera", exactly())).not().hasValue("" + first);
    assertThat(console.page().locator("video")).isVisible();
    Assertions.assertThat(device(console)).isNotEqualTo(first);
    assertThat(console.problem()).hasCount(0);
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("phone-cameras");
  }

  @Test
  void aScreenIsSharedUntilSharingStops() {
    ConsolePage console = browser.open(service);
    console.button("Screen").click();
    start(console);
    assertThat(console.answers().first()).isVisible();
    String session = console.sessionId();
    Assertions.assertThat(service.get("/sessions/" + session).path("source").path("type").asText())
        .isEqualTo("screen");
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("screen");

    console.page().reload();
    assertThat(console.problem()).containsText("The screen is no longer shared");
    console.picture("screen-reloaded");
    console.button("Continue").click();
    assertThat(console.note("The sender reconnected.")).isVisible();

    // Ends the track, as the browser's own "Stop sharing" button does.
    console
        .page()
        .locator("video")
        .evaluate(
            "v => v.srcObject.getVideoTracks().forEach(t => {"
                + " t.stop(); t.dispatchEvent(new Event('ended')); })");
    assertThat(console.note("The video's sender ended it.")).isVisible();
    assertThat(console.page().locator("video")).hasCount(0);

    console.picture("screen-over");
    console.button("Share again").click();
    assertThat(console.page().locator("video")).isVisible();
    assertThat(console.prompt()).hasValue("Describe what you see in few words");
    console.button("Start").click();
    assertThat(console.answers().first()).isVisible();
    Assertions.assertThat(console.sessionId()).isNotEqualTo(session);
  }

  /** A service with keys asks for one, once per tab. */
  private static void start(ConsolePage console) {
    console.button("Describe what you see in few words").click();
    console.button("Start").click();
    Locator key = console.page().getByLabel("API key of this service");
    key.fill(KEY);
    console.button("Start").click();
    assertThat(console.button("Stop")).isVisible();
  }

  private static Object device(ConsolePage console) {
    return console
        .page()
        .locator("video")
        .evaluate("v => v.srcObject.getVideoTracks()[0].getSettings().deviceId");
  }

  private static Page.GetByLabelOptions exactly() {
    return new Page.GetByLabelOptions().setExact(true);
  }
}
