package framewise.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PageAssertions;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The main job: drop a video, ask, and read correct answers beside it. */
class AnswersArriveBesideTheVideoTest {
  private static final double RUN_MS = 60_000;

  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void textInTheVideoIsReadWhileItPlays() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 8, folder));
    assertThat(console.page()).hasTitle("EXIT-42.mp4 – Framewise");
    console.picture("ready");

    console.start("Read any visible text");
    console.expectAnswer("EXIT 42");
    assertThat(console.connection()).hasText("Live");
    assertThat(console.currentAnswer()).isVisible();
    console.picture("running");

    assertThat(console.connection())
        .hasText("Ended", new LocatorAssertions.HasTextOptions().setTimeout(RUN_MS));
    assertThat(console.note("End of the video")).isVisible();
    // A busy machine drops some clips; they are counted, and get no answer later.
    JsonNode counters = service.get("/sessions/" + console.sessionId()).get("counters");
    int results = counters.get("results").asInt();
    Assertions.assertThat(results + counters.get("dropped").asInt()).isEqualTo(8);
    assertThat(console.answers("EXIT 42")).hasCount(results);
    assertThat(console.answers()).hasCount(results);
    console.picture("finished");
    Assertions.assertThat(console.faults()).isEmpty();
  }

  @Test
  void clickingAnAnswerSeeksToItsTime() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("GATE 7", "GATE 12", 8, folder));
    console.answerAsFastAsItGoes();
    console.start("Read any visible text");
    console.expectAnswer("GATE 12");
    assertThat(console.button("Start again"))
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(RUN_MS));

    console.answers().nth(6).locator("button").click();
    assertThat(console.time()).containsText("0:06.0");
    assertThat(console.currentAnswer()).containsText("GATE 12");
    console.answers().nth(1).locator("button").click();
    assertThat(console.time()).containsText("0:01.0");
    assertThat(console.currentAnswer()).containsText("GATE 7");
  }

  @Test
  void aNewPromptTakesEffectDuringTheRun() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 30, folder));
    console.start("Read any visible text");
    console.expectAnswer("EXIT 42");
    assertThat(console.button("Apply")).isDisabled();

    console.button("Count the people").click();
    assertThat(console.page().getByText("Current question:")).isVisible();
    console.button("Apply").click();
    assertThat(console.page().locator("li.prompt").last()).containsText("Count the people");
    // The new prompt counts people: the words of the sign are no longer an answer.
    assertThat(console.answers().last())
        .not()
        .containsText("EXIT 42", new LocatorAssertions.ContainsTextOptions().setTimeout(RUN_MS));
    console.picture("prompt-updated");

    console.button("Stop").click();
    assertThat(console.button("Start again")).isVisible();
    assertThat(console.note("Stopped")).isVisible();
  }

  /** Seen: a page kept showing "Ready" after another page or the API had started its session. */
  @Test
  void whatOthersStartIsShown() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 3, folder));
    String start = "/start-stream/" + console.sessionId();
    Map<String, String> question = Map.of("prompt", "Read any visible text", "pace", "fast");
    for (int run = 1; run <= 2; run++) {
      service.post(start, question);
      assertThat(console.answers("EXIT 42")).hasCount(3 * run);
      assertThat(console.note("End of the video")).hasCount(run);
      assertThat(console.button("Start again")).isVisible();
    }
    assertThat(console.page().locator("fw-sessions-list .chosen .status")).containsText("Finished");
    Assertions.assertThat(console.faults()).isEmpty();
  }

  @Test
  void promptsOfOtherUsersAreShownUnlessOneIsBeingTyped() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 60, folder));
    console.start("Read any visible text");
    console.expectAnswer("EXIT 42");
    String update = "/update-prompt/" + console.sessionId();

    service.post(update, Map.of("prompt", "Count the people"));
    assertThat(console.prompt()).hasValue("Count the people");
    assertThat(console.button("Apply")).isDisabled();

    console.prompt().fill("How many doors are open?");
    service.post(update, Map.of("prompt", "Describe the scene"));
    assertThat(console.page().getByText("Current question:")).containsText("Describe the scene");
    assertThat(console.prompt()).hasValue("How many doors are open?");
    assertThat(console.button("Apply")).isEnabled();
    console.button("Stop").click();
    Assertions.assertThat(console.faults()).isEmpty();
  }

  @Test
  void aReloadShowsTheSessionAndItsAnswers() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("DOCK 3", 3, folder));
    console.answerAsFastAsItGoes();
    console.start("Read any visible text");
    assertThat(console.button("Start again"))
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(RUN_MS));
    assertThat(console.answers("DOCK 3")).hasCount(3);
    assertThat(console.page())
        .hasURL(Pattern.compile("#/session/.+"), new PageAssertions.HasURLOptions());

    console.page().reload();
    assertThat(console.answers("DOCK 3")).hasCount(3);
    assertThat(console.prompt()).hasValue("Read any visible text");
  }

  @Test
  void typedTextIsNeverMarkup() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 3, folder));
    String markup = "Read the text <img src=x onerror=alert(1)>";
    console.prompt().fill(markup);
    console.button("Start").click();
    console.expectAnswer("EXIT 42");
    assertThat(console.page().locator("li.prompt")).containsText(markup);
    assertThat(console.page().locator("fw-workspace li img")).hasCount(0);
  }
}
