package framewise.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Deletions can be undone for a while; questions can be saved. */
class DeletionsAreUndoneAndQuestionsSavedTest {
  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void sessionsAreSelectedDeletedAndRestored() throws IOException {
    ConsolePage console = browser.open(service);
    Path clip = DrawnClip.saying("EXIT 42", 60, folder);
    for (String name : List.of("one.mp4", "two.mp4", "three.mp4")) {
      console.button("Add video").click();
      console.upload(Files.copy(clip, folder.resolve(name)));
      assertThat(row(console, name)).isVisible();
    }
    row(console, "three.mp4").hover();
    console.button("Delete three.mp4").click();
    assertThat(row(console, "three.mp4")).hasCount(0);
    assertThat(console.page().getByText("Drop a video here")).isVisible();
    assertThat(console.page().locator("fw-undo-toasts")).containsText("Deleted three.mp4");
    assertThat(console.barriers()).isEmpty();
    console.picture("undo");
    console.button("Undo").click();
    assertThat(console.page().locator("fw-bar h1")).hasText("three.mp4");

    // By keyboard: X selects, Shift with an arrow extends, Delete deletes, Ctrl Z undoes.
    console.start("Read any visible text");
    row(console, "three.mp4").locator("a").focus();
    console.page().keyboard().press("x");
    console.page().keyboard().press("Shift+ArrowDown");
    assertThat(console.page().getByText("2 selected")).isVisible();
    assertThat(console.barriers()).isEmpty();
    console.picture("selected");
    console.page().keyboard().press("Delete");
    assertThat(console.page().getByText("1 of them is running:")).isVisible();
    assertThat(console.barriers()).isEmpty();
    console.picture("delete-running");
    console.button("Delete").click();
    assertThat(row(console, "two.mp4")).hasCount(0);
    assertThat(row(console, "three.mp4")).hasCount(0);
    console.page().keyboard().press("Control+z");
    assertThat(row(console, "two.mp4")).isVisible();
    assertThat(row(console, "three.mp4")).containsText("Running");

    String id = console.sessionId();
    console.button("Stop").click();
    assertThat(console.button("Start again")).isVisible();
    row(console, "three.mp4").hover();
    console.button("Delete three.mp4").click();
    console.button("Delete now").click();
    await().until(() -> !listed(id));
    // Closing the page carries out pending deletions at once.
    row(console, "two.mp4").locator("a").click();
    assertThat(console.page().locator("fw-bar h1")).hasText("two.mp4");
    String other = console.sessionId();
    row(console, "two.mp4").hover();
    console.button("Delete two.mp4").click();
    assertThat(row(console, "two.mp4")).hasCount(0);
    assertThat(listed(other)).isTrue();
    console.page().reload();
    await().until(() -> !listed(other));
    assertThat(console.faults()).isEmpty();
  }

  @Test
  void questionsAreSavedSortedExportedImportedAndLinked() throws IOException {
    ConsolePage console = browser.open(service);
    Page page = console.page();
    page.navigate(service.address() + "/console/#/ask?prompt=Is%20the%20gate%20open%3F");
    assertThat(page.getByText("Question from the link")).isVisible();
    assertThat(page.locator(".linked q")).hasText("Is the gate open?");
    console.picture("linked");
    console.upload(DrawnClip.saying("EXIT 42", 2, folder));
    assertThat(console.prompt()).hasValue("Is the gate open?");
    assertThat(console.answers()).hasCount(0);

    console.button("Save question").click();
    assertThat(console.button("Save question")).hasCount(0);
    console.prompt().fill("How many doors are there?");
    console.button("Save question").click();
    Locator choices = page.locator("fw-prompt-bar .choices button");
    assertThat(choices.nth(0)).hasText("Is the gate open?");
    assertThat(choices.nth(1)).hasText("How many doors are there?");

    console.button("Your questions").click();
    page.getByLabel("Name of question 1").fill("Gate");
    page.getByLabel("Name of question 1").press("Tab");
    assertThat(choices.nth(0)).hasText("Gate");
    console.button("Move Gate down").click();
    assertThat(choices.nth(1)).hasText("Gate");
    assertThat(console.button("Move Gate up")).isFocused();
    assertThat(console.barriers()).isEmpty();
    console.picture("presets");
    var download = page.waitForDownload(() -> console.button("Export").click());
    String exported = Files.readString(download.path());
    assertThat(exported).contains("\"name\": \"Gate\"", "\"prompt\": \"Is the gate open?\"");

    console.button("Delete Gate").click();
    assertThat(page.getByLabel("Name of question 2")).hasCount(0);
    choose(page, exported);
    assertThat(page.getByText("Imported 1 question.")).isVisible();
    assertThat(choices.nth(1)).hasText("Gate");
    choose(page, "{\"format\":\"framewise-questions\",\"questions\":[{\"prompt\":7}]}");
    assertThat(page.getByText("Question 1 must have 1 to 4,000 characters.")).isVisible();
    choose(page, "PK");
    assertThat(page.getByText("This file is not JSON.")).isVisible();
    console.button("Done").click();

    page.reload();
    choices.nth(1).click();
    assertThat(console.prompt()).hasValue("Is the gate open?");
    assertThat(console.faults()).isEmpty();
  }

  /**
   * Seen: Enter in the second question inserted a line break, and the Apply button was below the
   * visible area.
   */
  @Test
  void theApplyButtonIsBesideTheEditedField() {
    ConsolePage console = browser.open(service);
    Page page = console.page();
    console.upload(DrawnClip.saying("EXIT 42", 60, folder));
    console.openAsking();
    page.getByLabel("Look at").fill("8");
    page.getByLabel("Look at").press("Tab");
    page.getByLabel("Ask every").fill("2");
    page.getByLabel("Ask every").press("Tab");
    assertThat(page.locator("#sampling-words")).hasText("30 answers a minute, 8 frames each");
    page.locator("fw-asking-panel .advanced summary").click();
    for (String number : List.of("fps", "sampling_ratio", "clip_length_seconds", "delay_seconds")) {
      assertThat(page.locator("fw-asking-panel .advanced")).containsText(number);
    }
    assertThat(console.barriers()).isEmpty();
    console.picture("settings-in-words");
    console.openAsking();
    console.start("Read any visible text");
    console.expectAnswer("EXIT 42");
    var processing = service.get("/sessions/" + console.sessionId()).at("/settings/processing");
    assertThat(processing.path("frames_per_clip").asInt()).isEqualTo(8);
    assertThat(processing.path("delay_seconds").asDouble()).isEqualTo(2);

    assertThat(console.button("Apply")).isDisabled();
    console.button("Ask another question").click();
    page.keyboard().type("Count the people");
    assertThat(console.button("Apply")).hasCount(1);
    assertThat(console.button("Apply")).isInViewport();
    console.picture("apply");
    page.keyboard().press("Enter");
    assertThat(console.button("Discard")).hasCount(0);
    assertThat(page.locator("li.clip [data-name='Question 2']").first()).isVisible();
    console.button("Stop").click();
    assertThat(console.faults()).isEmpty();
  }

  private static void choose(Page page, String text) {
    page.locator("fw-presets-dialog input[type=file]")
        .setInputFiles(
            new FilePayload(
                "questions.json", "application/json", text.getBytes(StandardCharsets.UTF_8)));
  }

  private static boolean listed(String id) {
    for (var session : service.get("/sessions").path("sessions")) {
      if (session.path("session_id").asText().equals(id)) {
        return true;
      }
    }
    return false;
  }

  private static Locator rows(ConsolePage console) {
    return console.page().locator("fw-sessions-list li");
  }

  private static Locator row(ConsolePage console, String name) {
    return rows(console).filter(new Locator.FilterOptions().setHasText(name));
  }
}
