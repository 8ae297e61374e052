package framewise.e2e.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.JarService;
import framewise.e2e.overshoot.OvershootApp;
import framewise.e2e.overshoot.OvershootPage;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A person can watch, ask and stop the session of an app's stream. */
class LiveStreamsAreWatchedInTheConsoleTest {
  /** The service notices at the latest when its lease expires that a sender has disappeared. */
  private static final double LEASE_MS = 60_000;

  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final OvershootApp app = new OvershootApp();
  @RegisterExtension static final Browser browser = Browser.filming("EXIT 42");

  @Test
  void answersAppearInThePicture() {
    OvershootPage sender = browser.open(app, service);
    sender.startCamera("Read any visible text");
    assertThat(sender.answers("EXIT 42").first()).isVisible();

    ConsolePage console = browser.open(service);
    assertThat(row(console, sender.stream())).containsText("Live");
    assertThat(row(console, sender.stream())).containsText("Running");
    open(console, sender.stream());
    assertThat(console.connection()).hasText("Live");
    console.expectAnswer("EXIT 42");
    assertThat(console.currentAnswer()).containsText("EXIT 42");
    assertThat(shown(console)).containsText("EXIT 42");
    assertThat(console.time()).containsText("since the first picture");
    assertThat(console.page().locator("fw-preview canvas")).isVisible();
    assertThat(console.page().locator("video")).hasCount(0);
    // The only slider is the timeline, which shows the time of day: there is no recording to seek
    // in.
    assertThat(console.page().getByRole(AriaRole.SLIDER)).hasCount(1);
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("live");
    Assertions.assertThat(console.faults()).isEmpty();
  }

  @Test
  void aSelectedAnswerStaysUntilLiveIsChosen() {
    OvershootPage sender = browser.open(app, service);
    sender.startCamera("Read any visible text");
    ConsolePage console = browser.open(service);
    open(console, sender.stream());
    assertThat(console.answers().nth(2)).isVisible();

    console.answers().first().locator("button").click();
    assertThat(console.answers().first()).hasClass(Pattern.compile("current"));
    assertThat(console.answers().nth(4)).isAttached();
    assertThat(console.answers().first()).hasClass(Pattern.compile("current"));
    console.button("Back to live").click();
    assertThat(console.button("Back to live")).hasCount(0);
    assertThat(console.answers().first()).not().hasClass(Pattern.compile("current"));
  }

  @Test
  void thePromptCanBeChangedAndTheEndIsExplained() {
    OvershootPage sender = browser.open(app, service);
    sender.startCamera("Read any visible text");
    String stream = sender.stream();
    ConsolePage console = browser.openInTheDark(service);
    open(console, stream);
    console.expectAnswer("EXIT 42");

    console.button("Count the people").click();
    console.button("Apply").click();
    console.expectAnswer("No people detected.");
    assertThat(sender.answers("No people detected.").first()).isVisible();

    console.button("Stop").click();
    assertThat(console.note("Stopped")).isVisible();
    assertThat(sender.errors()).hasCount(1);
    assertThat(console.page().getByText("can't be started again")).isVisible();
    assertThat(console.button("Start")).hasCount(0);
    assertThat(console.button("Start again")).hasCount(0);
    assertThat(row(console, stream)).containsText("Stopped");
    assertThat(row(console, stream)).not().containsText("Live");

    console.page().reload();
    assertThat(console.currentAnswer()).isInViewport();
    assertThat(shown(console)).containsText("No people detected.");
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("live-over");
  }

  @Test
  void theEndIsReportedWhenTheSenderLeaves() {
    OvershootPage sender = browser.open(app, service);
    sender.startCamera("Read any visible text");
    String stream = sender.stream();
    ConsolePage console = browser.open(service);
    open(console, stream);
    console.expectAnswer("EXIT 42");
    sender.stop();

    assertThat(console.page().getByText("can't be started again"))
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(LEASE_MS));
    assertThat(console.note("The client left.")).isVisible();
    assertThat(console.page().locator(".over")).containsText("The client left.");
    assertThat(row(console, stream)).containsText("Finished");
    console.picture("live-left");
  }

  private static void open(ConsolePage console, String session) {
    row(console, session).click();
    assertThat(console.page().getByLabel("Live stream").first()).isVisible();
  }

  private static Locator row(ConsolePage console, String session) {
    return console.page().locator("fw-sessions-list a[href='#/session/" + session + "']");
  }

  /** The answer over the picture of the video. */
  private static Locator shown(ConsolePage console) {
    return console.page().locator("fw-live-view blockquote");
  }
}
