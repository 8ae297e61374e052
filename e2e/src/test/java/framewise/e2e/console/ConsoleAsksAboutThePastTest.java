package framewise.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.FilePayload;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import framewise.e2e.MjpegCamera;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Asks a new question about a part of the past, and opens the whole session on another machine. */
class ConsoleAsksAboutThePastTest {
  @RegisterExtension
  static final JarService service = JarService.with(Map.of("FRAMEWISE_URL_SOURCES", "any"));

  @RegisterExtension static final JarService another = JarService.with(Map.of());
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void aPartOfAFileIsAsked() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("12 BOXES", "15 BOXES", 8, folder));
    console.answerAsFastAsItGoes();
    console.start("Read any visible text");
    assertThat(console.note("End of the video")).isVisible();
    assertThat(console.answers()).hasCount(8);

    draggedAndTyped(console);
    console.page().getByLabel("New question").fill("How many people are there?");
    console.picture("ask-past-selected");
    assertThat(console.barriers()).isEmpty();
    form(console)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Ask").setExact(true))
        .click();
    Locator progress = console.page().locator("fw-ask-past .progress");
    assertThat(progress).containsText("Run 2 · Done");
    assertThat(progress).containsText("How many people are there?");
    assertThat(progress).containsText("4 answers");
    assertThat(console.page().getByText(Pattern.compile("^Look-back · Run 2 ·"))).isVisible();
    assertThat(console.answers()).hasCount(12);
    assertThat(console.answers("No people detected.")).hasCount(4);
    assertThat(console.page().locator("fw-lanes .lane")).hasCount(2);
    assertThat(console.page().locator("fw-lanes .label").last()).containsText("Run 2: How many");
    console.picture("ask-past-answered");
    assertThat(console.barriers()).isEmpty();

    console.page().reload(); // both the answers of the look-back and those of the run are stored
    assertThat(console.answers()).hasCount(12);
    assertThat(console.page().getByText(Pattern.compile("^Look-back · Run 2 ·"))).isVisible();

    Path bundle = downloaded(console);
    ConsolePage there = browser.open(another);
    there.page().locator("input[type=file]").setInputFiles(bundle);
    assertThat(there.answers()).hasCount(12);
    assertThat(there.answers("15 BOXES")).hasCount(4);
    assertThat(there.answers("No people detected.")).hasCount(4);
    assertThat(there.page().locator("fw-lanes .lane")).hasCount(2);
    there.picture("bundle-opened");
    there.goTo(another.address() + "/console/#/");
    there
        .page()
        .locator("input[type=file]")
        .setInputFiles(
            new FilePayload(
                "wrong.zip", "application/zip", "no bundle".getBytes(StandardCharsets.UTF_8)));
    assertThat(there.problem()).containsText("it is not a ZIP file, or it is damaged");
    there.picture("bundle-refused");
    assertThat(console.faults()).isEmpty();
  }

  /** Framewise stores the camera's pictures, because there is no file to read them from. */
  @Test
  void thePastOfARunningCameraIsAsked() {
    try (MjpegCamera camera = MjpegCamera.lookingAt("EXIT 42", 10)) {
      ConsolePage console = browser.open(service);
      console.page().locator("#url").fill(camera.url());
      console.button("Add").click();
      assertThat(console.prompt()).isVisible();
      console.start("Read any visible text");
      assertThat(console.answers("EXIT 42").nth(4)).isAttached();

      console.button("Ask about a section").click();
      console.page().getByLabel("New question").fill("Count the people");
      form(console)
          .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Ask").setExact(true))
          .click();
      assertThat(console.page().locator("fw-ask-past .progress")).containsText("Run 2 · Done");
      assertThat(console.answers("No people detected.").first()).isAttached();
      assertThat(console.page().getByText(Pattern.compile("^Look-back · Run 2 ·"))).isAttached();
      assertThat(console.page().locator("fw-lanes .lane")).hasCount(2);
      assertThat(console.connection()).hasText("Live");
      console.picture("ask-past-live");
      console.button("Stop").click();
      assertThat(console.faults()).isEmpty();
    }
  }

  private static Locator form(ConsolePage console) {
    return console.page().locator("fw-ask-past form");
  }

  /** Seen: after a look-back, answers could no longer be filtered by question. */
  @Test
  void questionsRemainToFilterBy() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 6, folder));
    JsonNode _ =
        service.post(
            "/start-stream/" + console.sessionId(),
            Map.of(
                "prompts",
                List.of(
                    Map.of("name", "Signs", "prompt", "Read any visible text"),
                    Map.of("name", "People", "prompt", "Count the people")),
                "pace",
                "fast"));
    Locator questions = console.page().locator("fw-results-list .filter button");
    assertThat(questions).hasText(new String[] {"All questions", "Signs", "People"});
    assertThat(console.connection()).hasText("Ended");
    console.button("Ask about a section").click();
    console.page().locator("#past-question").fill("Count the vehicles");
    console.page().locator("#past-question").press("Enter");
    assertThat(console.page().locator("fw-ask-past .progress")).containsText("Run 2 · Done");
    assertThat(questions).hasText(new String[] {"All questions", "Signs", "People"});
    assertThat(console.faults()).isEmpty();
  }

  private static void draggedAndTyped(ConsolePage console) {
    Page page = console.page();
    Locator lane = page.locator("fw-lanes .lane").first();
    BoundingBox box = Objects.requireNonNull(lane.boundingBox());
    page.keyboard().down("Shift");
    page.mouse().move(box.x + box.width * 0.25, box.y + box.height / 2);
    page.mouse().down();
    page.mouse().move(box.x + box.width * 0.75, box.y + box.height / 2);
    page.mouse().up();
    page.keyboard().up("Shift");
    assertThat(page.locator("fw-lanes .span")).isVisible();
    Locator from = page.getByLabel("From", new Page.GetByLabelOptions().setExact(true));
    Locator to = page.getByLabel("To", new Page.GetByLabelOptions().setExact(true));
    assertThat(from).hasValue(Pattern.compile("0:0[12]\\.\\d"));
    assertThat(to).hasValue(Pattern.compile("0:0[56]\\.\\d"));
    page.keyboard().press("Escape");
    from.focus();
    page.keyboard().press("Escape");
    assertThat(form(console)).hasCount(0);
    assertThat(page.locator("fw-lanes .span")).hasCount(0);
    console.button("Ask about a section").press("Enter"); // by keyboard from here on
    from.fill("4");
    from.press("Tab");
    assertThat(from).hasValue("0:04.0");
    to.fill("0:07");
    to.press("Tab");
    to.press("ArrowUp");
    assertThat(to).hasValue("0:08.0");
  }

  private static Path downloaded(ConsolePage console) {
    console.button("Download").click();
    Download download =
        console
            .page()
            .waitForDownload(
                () ->
                    console
                        .page()
                        .getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName(Pattern.compile("Whole session")))
                        .click());
    assertThat(download.suggestedFilename()).endsWith(".zip");
    // The console recognises a bundle by its file name.
    Path file = download.path().resolveSibling(download.suggestedFilename());
    download.saveAs(file);
    return file;
  }
}
