package framewise.e2e.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.JarService;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A user publishes a camera, sees its picture at once, and gets answers beside it. */
class WebcamsAreAnsweredTest {
  @RegisterExtension static final JarService service = JarService.with(Map.of());

  /** Opened under a host name, as from another machine. */
  @RegisterExtension
  static final JarService named =
      JarService.with(
          Map.of("FRAMEWISE_PUBLIC_URL", "http://framewise.example", "FRAMEWISE_ACCESS", "open"));

  @RegisterExtension static final Browser browser = Browser.filming("EXIT 42");

  @Test
  void answersAppearInThePictureAndBesideIt() {
    ConsolePage console = browser.open(service);
    console.picture("add-live");
    console.button("Webcam").click();
    isSeen(console);
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("webcam-before");
    start(console);

    console.expectAnswer("EXIT 42");
    assertThat(console.page().locator("fw-live-view blockquote")).containsText("EXIT 42");
    isSeen(console);
    JsonNode session = service.get("/sessions/" + console.sessionId());
    Assertions.assertThat(session.path("source").path("type").asText()).isEqualTo("webcam");
    Assertions.assertThat(session.path("settings").path("prompt").asText())
        .isEqualTo("Read any visible text");
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("webcam");
    switches(console);

    console.page().locator("li.result .details > summary").first().click();
    Locator stages = console.page().locator("fw-result-details .waterfall th");
    assertThat(stages.first()).hasText("Receive");
    assertThat(stages.getByText("Store")).isVisible();
    assertThat(stages.last()).hasText("Deliver");

    console.button("Stop").click();
    assertThat(console.note("Stopped")).isVisible();
    assertThat(console.page().locator("video")).hasCount(0);
    Assertions.assertThat(console.page().evaluate("sessionStorage.getItem('framewise.broadcast')"))
        .isNull();
    Assertions.assertThat(console.faults()).isEmpty();
  }

  /** For live video too, boxes and the answer over the picture can be switched off. */
  private static void switches(ConsolePage console) {
    Locator view = console.page().locator("fw-live-view");
    assertThat(view.locator("fw-boxes g.text").first()).isVisible();
    console.button("Boxes").click();
    assertThat(view.locator("fw-boxes")).hasCount(0);
    console.button("Boxes").click();
    assertThat(view.locator("fw-boxes g.text").first()).isVisible();
    console.button("Answer over the picture").click();
    assertThat(view.locator("blockquote")).hasCount(0);
    console.button("Answer over the picture").click();
    assertThat(view.locator("blockquote")).containsText("EXIT 42");
  }

  @Test
  void itSurvivesAReload() {
    ConsolePage console = browser.openInTheDark(service);
    console.button("Webcam").click();
    isSeen(console);
    start(console);
    console.expectAnswer("EXIT 42");
    String session = console.sessionId();

    console.page().reload();
    isSeen(console);
    assertThat(console.note("The sender reconnected.")).isVisible();
    Assertions.assertThat(console.sessionId()).isEqualTo(session);
    int before = console.answers().count();
    assertThat(console.answers().nth(before + 2)).isAttached();
    assertThat(console.button("Stop")).isVisible();
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("webcam-dark");
    console.button("Stop").click();
    assertThat(console.note("Stopped")).isVisible();
  }

  @Test
  void thePromptCanBeChangedDuringTheRun() {
    ConsolePage console = browser.open(service);
    console.button("Webcam").click();
    isSeen(console);
    start(console);
    console.expectAnswer("EXIT 42");
    console.button("Count the people").click();
    console.button("Apply").click();
    console.expectAnswer("No people detected.");
    console.button("Stop").click();
    assertThat(console.note("Stopped")).isVisible();
  }

  /** Seen: the title showed 320×180 while the snapshot was 640×360. */
  @Test
  void sizeChangesAreShown() {
    ConsolePage console = browser.open(service);
    console.button("Webcam").click();
    isSeen(console);
    start(console);
    console.expectAnswer("EXIT 42");
    Locator facts = console.page().locator("fw-bar .title span");
    assertThat(facts).containsText("640×360");
    Assertions.assertThat(snapshot(console)).isEqualTo("640×360");
    console
        .page()
        .locator("video")
        .evaluate(
            "v => v.srcObject.getVideoTracks()[0].applyConstraints({ width: 320, height: 180 })");
    assertThat(facts).containsText("320×180");
    Assertions.assertThat(snapshot(console)).isEqualTo("320×180");
    console.button("Stop").click();
    assertThat(console.note("Stopped")).isVisible();
    Assertions.assertThat(console.faults()).isEmpty();
  }

  @Test
  void everythingWorksByKeyboard() {
    ConsolePage console = browser.open(service);
    console.button("Webcam").focus();
    console.page().keyboard().press("Enter");
    isSeen(console);
    console.page().keyboard().press("q");
    assertThat(console.prompt()).isFocused();
    console.page().keyboard().type("Read any visible text");
    console.page().keyboard().press("Enter");
    console.expectAnswer("EXIT 42");
    console.button("Stop").focus();
    console.page().keyboard().press("Enter");
    assertThat(console.note("Stopped")).isVisible();
  }

  @Test
  void aPhoneShowsPictureAndAnswers() {
    ConsolePage console = browser.openOnAPhone(service);
    console.picture("phone-add-live");
    console.button("Webcam").click();
    isSeen(console);
    console.picture("phone-webcam-before");
    start(console);
    console.expectAnswer("EXIT 42");
    isSeen(console);
    Assertions.assertThat(
            console.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo(true);
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("phone-webcam");
    console.button("Stop").click();
    assertThat(console.note("Stopped")).isVisible();
  }

  @Test
  void anInsecurePageSaysWhyThereIsNoCamera() {
    ConsolePage console = browser.open(named);
    console.goTo(named.address().replace("127.0.0.1", "framewise.example"));
    assertThat(console.button("Webcam")).isDisabled();
    assertThat(console.button("Screen")).isDisabled();
    assertThat(console.page().getByText("The camera and the screen need HTTPS")).isVisible();
    assertThat(console.page().getByText("http://localhost:")).isVisible();
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("not-secure");
  }

  /** Size of the service's newest picture. */
  private static Object snapshot(ConsolePage console) {
    return console
        .page()
        .evaluate(
            """
            async (address) => {
              const bitmap = await createImageBitmap(await (await fetch(address)).blob());
              return `${bitmap.width}×${bitmap.height}`;
            }""",
            "/sessions/" + console.sessionId() + "/snapshot.jpg");
  }

  private static void start(ConsolePage console) {
    console.button("Read any visible text").click();
    console
        .page()
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start").setExact(true))
        .click();
  }

  /** The picture of the camera is on the screen and moves. */
  private static void isSeen(ConsolePage console) {
    Locator video = console.page().locator("video");
    assertThat(video).isVisible();
    console
        .page()
        .waitForCondition(
            () -> Boolean.TRUE.equals(video.evaluate("v => v.videoWidth > 0 && !v.paused")));
  }
}
