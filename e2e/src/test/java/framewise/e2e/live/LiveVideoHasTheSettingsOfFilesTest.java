package framewise.e2e.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.JarService;
import framewise.e2e.OpenAiServer;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A webcam offers the same prompts as a file, from its first picture on. */
class LiveVideoHasTheSettingsOfFilesTest {
  @RegisterExtension static final OpenAiServer openai = new OpenAiServer();
  @RegisterExtension static final JarService service = JarService.with(openai.settings());
  @RegisterExtension static final Browser browser = Browser.filming("EXIT 42");

  @Test
  void aWebcamStartsWithEverySetting() {
    ConsolePage console = browser.openInTheDark(service);
    var page = console.page();
    console.button("Webcam").click();
    assertThat(page.locator("video")).isVisible();
    console.button("Count the people").click();
    console.button("Ask another question").click();
    page.keyboard().type("Read any visible text");
    page.locator("#name-0").fill("text");
    page.locator("#backend-0").selectOption("builtin");
    page.locator("#first-name").fill("people");
    page.locator("#first-name").press("Tab");
    console.openAsking();
    assertThat(page.getByText("As fast as possible")).hasCount(0);
    fill(page.locator("#every"), "2");
    fill(page.locator("#budget"), "-3");
    page.getByLabel("Skip unchanged clips").check();
    page.locator("fw-asking-more summary").click();
    page.locator("fw-asking-more .choices button").first().click();
    fill(page.locator("#refresh_seconds"), "5");
    fill(page.locator("#system"), "Answer in one sentence & in English");
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("webcam-asking-dark");

    console.button("Start").click();
    assertThat(page.locator("#budget-means")).containsText("must be US dollars above 0");
    assertThat(page.locator("video")).isVisible();
    fill(page.locator("#budget"), "2");
    assertThat(console.problem()).hasCount(0);
    console.button("Start").click();

    Locator clips = page.locator("li.clip");
    assertThat(clips.locator("[data-name=people]").getByText(OpenAiServer.ANSWER).first())
        .isVisible();
    assertThat(clips.locator("[data-name=text]").getByText("EXIT 42").first()).isVisible();
    JsonNode settings = service.get("/sessions/" + console.sessionId()).get("settings");
    Assertions.assertThat(settings.at("/processing/delay_seconds").asDouble()).isEqualTo(2);
    Assertions.assertThat(settings.get("budget").asDouble()).isEqualTo(2);
    Assertions.assertThat(settings.get("skip_unchanged").asDouble()).isEqualTo(0.005);
    Assertions.assertThat(settings.get("refresh_seconds").asDouble()).isEqualTo(5);
    Assertions.assertThat(settings.at("/fallback/0").asText()).isEqualTo("builtin");
    Assertions.assertThat(settings.get("prompts")).hasSize(2);
    Assertions.assertThat(settings.at("/prompts/0/name").asText()).isEqualTo("people");
    Assertions.assertThat(settings.at("/prompts/1/backend").asText()).isEqualTo("builtin");
    Assertions.assertThat(settings.at("/prompts/1/system").asText())
        .isEqualTo("Answer in one sentence & in English");
    console.button("Stop").click();
    assertThat(console.note("Stopped")).isVisible();
    Assertions.assertThat(console.faults()).isEmpty();
  }

  @Test
  void theSettingsFitAPhone() {
    ConsolePage console = browser.openOnAPhone(service);
    var page = console.page();
    console.button("Webcam").click();
    assertThat(page.locator("video")).isVisible();
    console.button("Ask another question").click();
    console.openAsking();
    page.locator("fw-asking-more summary").click();
    Assertions.assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo(true);
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("phone-webcam-asking");
    page.locator("#system").scrollIntoViewIfNeeded();
    console.picture("phone-webcam-asking-more");

    // The prompt is sent in a URL, where each of these letters takes six characters.
    String words = "\u00e4".repeat(3_900);
    fill(page.locator("#system"), words);
    page.locator("#prompt-0").fill("Read any visible text");
    console.button("Start").click();
    assertThat(console.button("Stop")).isVisible();
    JsonNode prompts = service.get("/sessions/" + console.sessionId()).at("/settings/prompts");
    Assertions.assertThat(prompts.get(1).get("system").asText()).isEqualTo(words);
    console.button("Stop").click();
    assertThat(console.note("Stopped")).isVisible();
  }

  private static void fill(Locator field, String value) {
    field.fill(value);
    field.press("Tab");
  }
}
