package framewise.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A user requests a structured answer, and sees names and values. */
class AnswersFitASchemaTest {
  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void aSchemaIsValidatedWhileItIsTyped() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 3, folder));
    console.answerAsFastAsItGoes();
    Locator field = schemaUnderMore(console);
    Locator words = field.locator("#schema-means");
    assertThat(field.locator("textarea")).hasAttribute("aria-invalid", "false");

    field.locator("textarea").fill("{\n  \"type\": \"object\",\n  \"properties\": }");
    assertThat(words).hasText(Pattern.compile("^This is not JSON yet: .+\\.$"));
    assertThat(field.locator("textarea")).hasAttribute("aria-invalid", "true");
    Assertions.assertThat(console.barriers()).isEmpty();
    field.scrollIntoViewIfNeeded();
    console.picture("schema-wrong");
    console.button("Start").click();
    assertThat(console.problem()).containsText("The schema is not valid");
    field.locator("textarea").fill("[]");
    assertThat(words).hasText("A schema is an object in braces, such as {\"type\": \"object\"}.");

    field.locator("textarea").fill("");
    field.getByText("Insert an example").click();
    assertThat(field.locator("textarea")).isFocused();
    assertThat(field.locator("textarea")).hasValue(Pattern.compile("\"people\""));
    assertThat(console.page().locator("fw-how-asked .facts")).containsText("structured answers");
    Assertions.assertThat(console.barriers()).isEmpty();
    field.scrollIntoViewIfNeeded();
    console.picture("schema");

    console.start("Describe what you see in few words");
    Locator first = console.answers().first();
    assertThat(first.locator(".pair")).hasCount(2);
    assertThat(first.locator(".pair").first()).hasText("people: 0");
    assertThat(first.locator(".pair").last()).hasText("text: EXIT 42");
    assertThat(console.page().locator("fw-results-list .fields"))
        .hasText(Pattern.compile("people\\s*text"));
    assertThat(console.note("End of the video")).isVisible();
    JsonNode settings = service.get("/sessions/" + console.sessionId()).get("settings");
    Assertions.assertThat(settings.at("/output_schema/properties/people/type").asText())
        .isEqualTo("integer");
    console.page().locator("fw-player").scrollIntoViewIfNeeded();
    console.button("Answer over the picture").click();
    assertThat(console.page().locator("fw-player .caption")).containsText("text: EXIT 42");
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("answers-of-a-schema");

    console.page().reload();
    assertThat(schemaUnderMore(console).locator("textarea")).hasValue(Pattern.compile("people"));
    Assertions.assertThat(console.faults()).isEmpty();
  }

  @Test
  void eachQuestionHasItsOwnSchemaThatCanBeRemoved() {
    ConsolePage console = browser.openInTheDark(service);
    console.upload(DrawnClip.saying("EXIT 42", 60, folder));
    var page = console.page();
    console.button("Read any visible text").click();
    console.button("Ask another question").click();
    page.keyboard().type("What is there?");
    page.locator("#name-0").fill("parts");
    page.locator("#name-0").press("Tab");
    page.locator("fw-questions details > summary").click();
    Locator field = page.locator("fw-questions fw-schema-field");
    field.getByText("Insert an example").click();
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("schema-of-a-question-dark");
    console.start("Read any visible text");

    Locator clips = page.locator("li.clip");
    Locator parts = clips.locator("[data-name=parts]").locator(".pair");
    assertThat(parts.last()).containsText("EXIT 42");
    assertThat(clips.first().locator("[data-name='Question 1']")).containsText("EXIT 42");
    console.picture("schema-side-by-side-dark");
    JsonNode prompts = service.get("/sessions/" + console.sessionId()).at("/settings/prompts");
    Assertions.assertThat(prompts.get(0).has("output_schema")).isFalse();
    Assertions.assertThat(prompts.get(1).has("output_schema")).isTrue();

    field.locator("textarea").fill("");
    console.apply();
    prompts = service.get("/sessions/" + console.sessionId()).at("/settings/prompts");
    Assertions.assertThat(prompts.get(1).has("output_schema")).isFalse();
    console.button("Stop").click();
    Assertions.assertThat(console.faults()).isEmpty();
  }

  @Test
  void nestedValuesAreLegibleOnAPhone() {
    ConsolePage console = browser.openOnAPhone(service);
    console.upload(DrawnClip.saying("EXIT 42", 2, folder));
    Map<String, ?> sign =
        Map.of(
            "type",
            "object",
            "properties",
            Map.of("text", Map.of("type", "string"), "people", Map.of("type", "integer")),
            "required",
            List.of("text"));
    service.post(
        "/start-stream/" + console.sessionId(),
        Map.of(
            "prompt",
            "Read any visible text",
            "output_schema",
            Map.of(
                "type",
                "object",
                "properties",
                Map.of("sign", sign),
                "required",
                List.of("sign"))));
    console.page().reload();
    Locator first = console.answers().first();
    assertThat(first.locator(".json .json")).containsText("EXIT 42");
    Assertions.assertThat(
            console.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo(true);
    Assertions.assertThat(console.barriers()).isEmpty();
    first.scrollIntoViewIfNeeded();
    console.picture("phone-answers-of-a-schema");
  }

  private static Locator schemaUnderMore(ConsolePage console) {
    var page = console.page();
    if (!page.locator("fw-how-asked > details").evaluate("d => d.open").equals(true)) {
      console.openAsking();
    }
    page.locator("fw-asking-more summary").click();
    return page.locator("fw-asking-more fw-schema-field");
  }
}
