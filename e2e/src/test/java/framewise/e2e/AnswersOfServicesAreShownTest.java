package framewise.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A service that streams its answers and costs money, as a person sees it. */
class AnswersOfServicesAreShownTest {
  @RegisterExtension static final OpenAiStub openai = new OpenAiStub();

  @RegisterExtension static final RunningService service = RunningService.with(openai.settings());

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void anAnswerGrowsAtItsPlaceAndBecomesTheResult() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 1, folder));
    console.button("Answer over the picture").click();
    openai.hold();
    console.start("Count the people");
    Locator growing = console.page().locator("li.growing");
    assertThat(growing).hasCount(1);
    assertThat(growing).containsText("I see");
    assertThat(console.page().locator("fw-player .caption")).hasText("I see");
    assertThat(console.answers()).hasCount(0);
    console.picture("growing");

    openai.goOn();
    console.expectAnswer(OpenAiStub.ANSWER);
    assertThat(growing).hasCount(0);
    assertThat(console.answers()).hasCount(1);
    Assertions.assertThat(console.faults()).isEmpty();
  }

  @Test
  void whatAnAnswerCostAndWhatWasSentForItAreAClickAway() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 3, folder));
    console.answerAsFastAsItGoes();
    console.start("Count the people");
    assertThat(console.answers(OpenAiStub.ANSWER)).hasCount(3);
    assertThat(console.page().getByTestId("cost")).hasText("$0.012");

    console.page().locator("li.result .details > summary").first().click();
    Locator details = console.page().locator("fw-result-details");
    assertThat(details).containsText("OpenAI · gpt-5.4");
    assertThat(details).containsText("1,000 in, 100 out");
    assertThat(details).containsText("$0.004");
    details.locator("summary").click();
    Locator picture = details.locator("img");
    assertThat(picture).hasCount(1);
    assertThat(picture).hasJSProperty("complete", true);
    assertThat(picture).hasJSProperty("naturalWidth", 640);
    assertThat(details).containsText("0:00.0 · 640×360");
    assertThat(details.locator("pre")).containsText("Count the people");
    assertThat(details.locator("pre")).not().containsText("sk-test");
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("evidence");
    Assertions.assertThat(console.faults()).isEmpty();
  }

  @Test
  void answersOfTheSameClipStandSideBySide() {
    ConsolePage console =
        browser.open(service, new NewContextOptions().setColorScheme(ColorScheme.DARK));
    console.upload(DrawnClip.saying("EXIT 42", 3, folder));
    service.post(
        "/start-stream/" + console.sessionId(),
        Map.of(
            "pace",
            "fast",
            "prompts",
            List.of(
                Map.of("name", "boxes", "prompt", "Count the boxes", "backend", "openai"),
                Map.of("name", "text", "prompt", "Read any visible text", "backend", "builtin"))));
    console.page().reload();
    Locator clips = console.page().locator("li.clip");
    assertThat(clips).hasCount(3);
    for (int i = 0; i < 3; i++) {
      assertThat(clips.nth(i).locator("[data-name=boxes]")).containsText(OpenAiStub.ANSWER);
      assertThat(clips.nth(i).locator("[data-name=text]")).containsText("EXIT 42");
    }
    var left = clips.first().locator("[data-name=boxes]").boundingBox();
    var right = clips.first().locator("[data-name=text]").boundingBox();
    Assertions.assertThat(right.x).isGreaterThanOrEqualTo(left.x + left.width);
    Assertions.assertThat(right.y).isEqualTo(left.y);
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("side-by-side-dark");

    console.page().setViewportSize(390, 844);
    assertThat(clips.first()).not().hasClass(java.util.regex.Pattern.compile("columns"));
    Assertions.assertThat(clips.first().locator("[data-name=text]").boundingBox().y)
        .isGreaterThan(clips.first().locator("[data-name=boxes]").boundingBox().y);
    Assertions.assertThat(
            console.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo(true);
    clips.first().scrollIntoViewIfNeeded();
    console.picture("side-by-side-narrow");

    console.button("text").click();
    assertThat(clips).hasCount(0);
    assertThat(console.answers("EXIT 42")).hasCount(3);
    Assertions.assertThat(console.faults()).isEmpty();
  }

  @Test
  void whoAnsweredInsteadIsTold() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 3, folder));
    openai.refuse();
    service.post(
        "/start-stream/" + console.sessionId(),
        Map.of(
            "prompt",
            "Read any visible text",
            "backend",
            "openai",
            "fallback",
            List.of("builtin")));
    console.page().reload();
    assertThat(console.answers().getByText("EXIT 42").first()).isVisible();
    assertThat(console.page().locator(".instead").first()).hasText("Built in instead");
    console.page().locator("li.result .details > summary").first().click();
    assertThat(console.page().locator("fw-result-details")).containsText("instead of OpenAI");
    assertThat(console.page().getByText("What was sent")).hasCount(0);
  }

  @Test
  void callsThatWereSavedAreCounted() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 8, folder));
    service.post(
        "/start-stream/" + console.sessionId(),
        Map.of("prompt", "Count the boxes", "skip_unchanged", true, "pace", "fast"));
    console.page().reload();
    assertThat(console.page().locator("li.unchanged"))
        .hasText("Nothing has changed since 0:00 · 7 calls saved");
    assertThat(console.page().locator("fw-results-head")).containsText("7 calls saved");
    assertThat(console.page().getByTestId("cost")).hasText("$0.004");
    assertThat(console.answers()).hasCount(1);
  }
}
