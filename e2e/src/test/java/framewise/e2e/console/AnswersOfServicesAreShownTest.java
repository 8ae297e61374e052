package framewise.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ColorScheme;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import framewise.e2e.OpenAiServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The console with a paid service that streams its answers. */
class AnswersOfServicesAreShownTest {
  @RegisterExtension static final OpenAiServer openai = new OpenAiServer();

  @RegisterExtension static final JarService service = JarService.with(openai.settings());

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void aStreamedAnswerGrowsInPlace() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 20, folder));
    console.button("Answer over the picture").click();
    openai.hold();
    console.start("Count the people");
    Locator growing = console.page().locator("li.growing");
    assertThat(growing.first().locator(".said")).hasText("I see");
    assertThat(console.page().locator("fw-player .caption")).hasText("I see");
    String at = growing.first().locator(".at").innerText();
    Locator there = console.answers().filter(new Locator.FilterOptions().setHasText(at));
    assertThat(there).hasCount(0);
    console.picture("growing");

    openai.release();
    assertThat(there).hasCount(1);
    assertThat(there.locator(".said")).hasText(OpenAiServer.ANSWER);
    assertThat(growing).hasCount(0);
    Assertions.assertThat(console.faults()).isEmpty();
  }

  @Test
  void theFirstAnswerOfEachRunGrowsToo() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 3, folder));
    console.answerAsFastAsItGoes();
    Locator growing = console.page().locator("li.growing");
    for (int run = 1; run <= 2; run++) {
      openai.hold();
      console.start("Count the people");
      assertThat(growing.first().locator(".at")).hasText("0:00");
      assertThat(growing.first().locator(".said")).hasText("I see");
      assertThat(console.answers()).hasCount(3 * (run - 1));
      growing.first().scrollIntoViewIfNeeded();
      console.picture("first-growing-" + run);
      openai.release();
      assertThat(console.button("Start again")).isVisible();
      assertThat(console.answers(OpenAiServer.ANSWER)).hasCount(3 * run);
      assertThat(console.note("End of the video")).hasCount(run);
      assertThat(growing).hasCount(0);
      console.page().emulateMedia(new EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      console.page().setViewportSize(390, 844);
    }
    Assertions.assertThat(console.answerNumbers()).doesNotHaveDuplicates().hasSize(6);
    Assertions.assertThat(console.faults()).isEmpty();
  }

  @Test
  void oneClickShowsCostAndRequest() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 3, folder));
    console.answerAsFastAsItGoes();
    console.start("Count the people");
    assertThat(console.answers(OpenAiServer.ANSWER)).hasCount(3);
    assertThat(console.page().getByTestId("cost")).hasText("$0.012");
    assertThat(console.page().getByTestId("age"))
        .hasText(Pattern.compile("latency [\\d.]+ m?s · p95 [\\d.]+ m?s"));

    console.page().locator("li.result .details > summary").first().click();
    Locator details = console.page().locator("fw-result-details");
    assertThat(details).containsText("OpenAI · gpt-5.4");
    assertThat(details).containsText("1,000 in, 100 out");
    Locator waterfall = details.locator(".waterfall th");
    assertThat(waterfall)
        .hasText(
            new String[] {"Decode", "Wait", "Encode", "First token", "Model", "Store", "Deliver"});
    assertThat(details).containsText("$0.004");
    details.locator("summary").click();
    Locator picture = details.locator("img");
    assertThat(picture).hasCount(1);
    assertThat(picture).hasJSProperty("complete", true);
    assertThat(picture).hasJSProperty("naturalWidth", 640);
    assertThat(picture).isInViewport();
    assertThat(details.locator("details > summary")).isInViewport();
    assertThat(details).containsText("0:00.0 · 640×360");
    assertThat(details.locator("pre")).containsText("Count the people");
    assertThat(details.locator("pre")).not().containsText("sk-test");
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("evidence");

    // The time of delivery is shown only for answers that arrive while the page is open.
    console.page().reload();
    console.page().locator("li.result .details > summary").first().click();
    assertThat(waterfall)
        .hasText(new String[] {"Decode", "Wait", "Encode", "First token", "Model"});
    Assertions.assertThat(console.faults()).isEmpty();
  }

  @Test
  void theLanguageIsAFieldUnderMore() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 2, folder));
    console.answerAsFastAsItGoes();
    console.prompt().fill("Count the people");
    Locator field = languageUnderMore(console);
    field.fill("<German>");
    field.press("Tab");
    console.button("Start").click();
    assertThat(console.problem()).containsText("language is \"<German>\" but must be the name of");
    assertThat(console.page().locator("fw-asking-more .wrong")).hasCount(1);
    Assertions.assertThat(console.barriers()).isEmpty();
    field.scrollIntoViewIfNeeded();
    console.picture("language-wrong");

    field.fill("German");
    field.press("Tab");
    assertThat(console.page().locator("fw-how-asked .facts")).containsText("answers in German");
    console.button("Start").click();
    assertThat(console.answers(OpenAiServer.ANSWER)).hasCount(2);
    console.page().locator("li.result .details > summary").first().click();
    Locator details = console.page().locator("fw-result-details");
    details.locator("summary").click();
    assertThat(details.locator("pre")).containsText("Answer in this language: German.");
    JsonNode settings = service.get("/sessions/" + console.sessionId()).get("settings");
    Assertions.assertThat(settings.path("language").asText()).isEqualTo("German");

    console.page().reload();
    assertThat(languageUnderMore(console)).hasValue("German");
    Assertions.assertThat(console.faults()).isEmpty();
  }

  @Test
  void anAnswerThatBreaksItsSchemaCanBeRead() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 1, folder));
    service.post(
        "/start-stream/" + console.sessionId(),
        Map.of("prompt", "Count the boxes", "output_schema", Map.of("type", "object")));
    console.page().reload();
    assertThat(console.page().locator("li.result.failed")).isVisible();
    console.page().locator("li.result .details > summary").first().click();
    Locator details = console.page().locator("fw-result-details");
    assertThat(details).containsText("schema_mismatch");
    assertThat(details.locator("pre")).hasText(OpenAiServer.ANSWER);
  }

  @Test
  void answersAboutTheSameClipAreSideBySide() {
    ConsolePage console = browser.openInTheDark(service);
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
      assertThat(clips.nth(i).locator("[data-name=boxes]")).containsText(OpenAiServer.ANSWER);
      assertThat(clips.nth(i).locator("[data-name=text]")).containsText("EXIT 42");
    }
    var left = clips.first().locator("[data-name=boxes]").boundingBox();
    var right = clips.first().locator("[data-name=text]").boundingBox();
    Assertions.assertThat(right.x).isGreaterThanOrEqualTo(left.x + left.width);
    Assertions.assertThat(right.y).isEqualTo(left.y);
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("side-by-side-dark");

    console.page().setViewportSize(390, 844);
    assertThat(clips.first()).not().hasClass(Pattern.compile("columns"));
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
  void savedCallsAreCounted() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 8, folder));
    console.openAsking();
    console.page().getByLabel("Skip unchanged clips").check();
    console.start("Count the people");
    assertThat(console.page().locator("li.unchanged").first())
        .hasText(Pattern.compile("Nothing has changed since 0:0\\d · \\d+ calls? saved"));
    assertThat(console.button("Start again")).isVisible();
    int saved = service.get("/sessions/" + console.sessionId()).at("/counters/unchanged").asInt();
    Assertions.assertThat(saved).isPositive();
    assertThat(console.page().locator("fw-results-head"))
        .containsText(Pattern.compile(saved + " calls? saved"));
  }

  @Test
  void severalQuestionsCanBeChangedDuringTheRun() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 60, folder));
    var page = console.page();
    console.button("Ask another question").click();
    assertThat(page.getByPlaceholder("Ask something else about the same pictures")).isFocused();
    page.keyboard().type("Read any visible text");
    page.locator("#name-0").fill("text");
    page.locator("#backend-0").selectOption("builtin");
    page.locator("#first-name").fill("people");
    page.locator("#first-name").press("Tab");
    console.start("Count the people");
    Locator clips = page.locator("li.clip");
    assertThat(clips.locator("[data-name=people]").getByText(OpenAiServer.ANSWER).first())
        .isVisible();
    assertThat(clips.locator("[data-name=text]").getByText("EXIT 42").first()).isVisible();
    Locator head = page.locator("fw-results-head");
    assertThat(head).containsText(Pattern.compile("about \\$\\d+\\.\\d\\d an hour"));
    Locator apply = console.button("Apply");
    assertThat(apply).isDisabled();

    console.openAsking();
    page.locator("#budget").fill("-3");
    page.locator("#budget").press("Tab");
    apply.click();
    assertThat(console.problem()).isVisible();
    assertThat(page.locator("#budget-means")).containsText("must be US dollars above 0");
    page.locator("#budget").fill("2");
    page.locator("#budget").press("Tab");
    page.getByLabel("Ask every").fill("2");
    page.getByLabel("Ask every").press("Tab");
    console.button("Remove text").click();
    Assertions.assertThat(console.barriers()).isEmpty();
    console.apply();
    assertThat(console.problem()).hasCount(0);
    assertThat(console.note("asks every 2 s · budget $2.00")).isVisible();
    JsonNode settings = service.get("/sessions/" + console.sessionId()).get("settings");
    Assertions.assertThat(settings.at("/processing/delay_seconds").asDouble()).isEqualTo(2);
    Assertions.assertThat(settings.get("budget").asDouble()).isEqualTo(2);
    Assertions.assertThat(settings.get("prompts")).hasSize(1);
    console.picture("changed-while-running");
    console.button("Stop").click();

    console.page().reload();
    assertThat(page.locator("#budget")).hasValue("2");
    console.button("Settings").click();
    assertThat(page.locator("fw-spending")).containsText("Spent today");
    assertThat(page.locator("fw-spending .sum")).containsText(Pattern.compile("\\$0\\.\\d+"));
    console.picture("spending");
    Assertions.assertThat(console.faults()).isEmpty();
  }

  /**
   * Regression: typed text was lost whenever the session was updated, for example by each dropped
   * clip.
   */
  @Test
  void typedTextIsKept() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 60, folder));
    console.start("Count the people");
    Locator forecast = console.page().getByTestId("forecast");
    assertThat(forecast).hasText(Pattern.compile("about \\$\\d+\\.\\d\\d an hour"));
    String said = forecast.innerText();
    console.openAsking();
    Locator budget = console.page().locator("#budget");
    budget.pressSequentially("2.5");
    Object status =
        console
            .page()
            .evaluate(
                """
                id => fetch(`/sessions/${id}`, {
                  method: 'PATCH',
                  headers: { 'Content-Type': 'application/json' },
                  body: JSON.stringify({ delay_seconds: 5 }),
                }).then((answer) => answer.status)""",
                console.sessionId());
    Assertions.assertThat(status).isEqualTo(200);
    assertThat(forecast).not().hasText(said);
    assertThat(budget).hasValue("2.5");
    budget.press("Tab");
    assertThat(console.page().locator("fw-how-asked summary").first()).containsText("$2.50");
    console.button("Stop").click();
  }

  @Test
  void theHourlyCostIsOnEveryPageAndFollowsChanges() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 60, folder));
    console.start("Count the people");
    Locator forecast = console.page().getByTestId("forecast");
    assertThat(forecast).hasText(Pattern.compile("about \\$\\d+\\.\\d\\d an hour"));
    String said = forecast.innerText();
    console.page().reload();
    assertThat(forecast).hasText(said);

    ConsolePage other =
        browser.open(
            service,
            new NewContextOptions().setViewportSize(390, 844).setColorScheme(ColorScheme.DARK));
    other.goTo(service.address());
    other.page().navigate(service.address() + "/console/#/session/" + console.sessionId());
    Locator there = other.page().getByTestId("forecast");
    assertThat(there).hasText(said);
    Assertions.assertThat(other.barriers()).isEmpty();
    there.scrollIntoViewIfNeeded();
    other.picture("forecast-narrow-dark");
    console.picture("forecast");

    console.openAsking();
    console.button("Every 5 seconds").click();
    console.apply();
    assertThat(forecast).not().hasText(said);
    assertThat(there).hasText(forecast.innerText());
    console.button("Stop").click();
    assertThat(forecast).hasCount(0);
    assertThat(there).hasCount(0);
    Assertions.assertThat(console.faults()).isEmpty();
  }

  private static Locator languageUnderMore(ConsolePage console) {
    var page = console.page();
    if (!page.locator("fw-how-asked > details").evaluate("d => d.open").equals(true)) {
      console.openAsking();
    }
    page.locator("fw-asking-more summary").click();
    return page.getByLabel("Answer in this language");
  }
}
