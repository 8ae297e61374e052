package framewise.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import framewise.e2e.OpenAiServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Skipped, unchanged and failed clips, on the timeline and in the counts. */
class TimelinesSayWhatHappenedTest {
  /**
   * Returns the middle of the longest part of the lane without a mark, as a share of its width; 0
   * if there is none.
   */
  private static final String GAP =
      """
      (lane) => {
        const marks = [...lane.querySelectorAll('rect:not([fill])')]
          .map((rect) => [Number(rect.getAttribute('x')), Number(rect.getAttribute('width'))])
          .sort((a, b) => a[0] - b[0]);
        let longest = 0;
        let middle = 0;
        for (let i = 1; i < marks.length; i++) {
          const end = marks[i - 1][0] + marks[i - 1][1];
          if (marks[i][0] - end > longest) {
            longest = marks[i][0] - end;
            middle = (marks[i][0] + end) / 2000;
          }
        }
        return longest > 50 ? middle : 0;
      }""";

  @RegisterExtension static final OpenAiServer openai = new OpenAiServer();
  @RegisterExtension static final JarService service = JarService.with(openai.settings());
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void unchangedSpansAreHatchedAndSavedCallsCounted() {
    ConsolePage console = browser.open(service);
    Page page = console.page();
    console.upload(DrawnClip.saying("EXIT 42", 12, folder));
    String id = console.sessionId();
    service.post(
        "/start-stream/" + id,
        Map.of(
            "prompt",
            "Read any visible text",
            "backend",
            "builtin",
            "pace",
            "fast",
            "skip_unchanged",
            true));
    int saved = ended(id).at("/counters/unchanged").asInt();
    assertThat(saved).isPositive();
    page.reload();
    assertThat(page.locator("fw-lanes .lane rect[fill='url(#hatch)']").first()).isAttached();
    assertThat(page.locator("fw-results-head .facts")).containsText(saved + " calls saved");
    assertThat(ConsolePage.barriersOfAnyLevel(page)).isEmpty();
    console.picture("unchanged");
  }

  @Test
  void skippedClipsAreGapsAndErrorsAreRed() {
    ConsolePage console = browser.open(service);
    Page page = console.page();
    console.upload(DrawnClip.saying("EXIT 42", 60, folder));
    console.start("Count the people");
    String id = console.sessionId();
    assertThat(console.answers().nth(1)).isAttached();
    openai.hold();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> service.get("/sessions/" + id).at("/counters/dropped").asInt() > 5);
    openai.release();
    int answered = console.answers().count();
    assertThat(console.answers().nth(answered + 5)).isAttached();
    openai.refuse();
    assertThat(page.locator("li.result.failed").first()).isAttached();
    console.button("Stop").click();
    assertThat(console.note("Stopped")).isVisible();
    int dropped = ended(id).at("/counters/dropped").asInt();

    // The service counts, so the number is the same after a reload.
    for (int i = 0; i < 2; i++) {
      assertThat(page.locator("fw-results-head .facts"))
          .containsText(Pattern.compile("(^|\\D)" + dropped + " clips skipped"));
      page.reload();
      assertThat(console.answers().first()).isAttached();
    }
    Locator lane = page.locator("fw-lanes .lane");
    assertThat(lane.locator("rect.bad").first()).isAttached();
    assertThat(lane.locator("rect.bad").first()).hasCSS("fill", Pattern.compile("rgb.*"));
    double gap = ((Number) lane.evaluate(GAP)).doubleValue();
    assertThat(gap).as("place of the gap").isPositive();
    BoundingBox box = Objects.requireNonNull(lane.boundingBox());
    page.mouse().move(box.x + box.width * gap, box.y + box.height / 2);
    assertThat(page.locator("fw-lanes .tip")).containsText("No answer here");
    console.picture("skipped");

    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Errors")))
        .click();
    assertThat(page.locator("li.result.failed").first()).isVisible();
    assertThat(page.locator("li.result:not(.failed)")).hasCount(0);
    assertThat(console.faults()).isEqualTo(List.of());
  }

  /** Boxes from any back end, a chart line for each number, and a filter for each question. */
  @Test
  void structuredAnswersShowBoxesChartsAndCosts() {
    openai.say(
        "{\"objects\":[{\"label\":\"crate\",\"box\":[0.1,0.2,0.3,0.4]}],\"full\":3,\"empty\":4}");
    ConsolePage console = browser.open(service);
    Page page = console.page();
    console.upload(DrawnClip.saying("EXIT 42", 3, folder));
    String id = console.sessionId();
    service.post(
        "/start-stream/" + id,
        Map.of(
            "prompts",
            List.of(
                Map.of("name", "Crates", "prompt", "Which crates are there?", "backend", "openai"),
                Map.of("name", "Signs", "prompt", "Read any visible text", "backend", "builtin")),
            "pace",
            "fast"));
    ended(id);
    page.reload();
    assertThat(page.locator("li.clip")).hasCount(3);
    Locator boxes = page.locator("fw-boxes");
    assertThat(boxes.locator("g.object text")).hasText("crate");
    assertThat(boxes.locator("g.text text").first()).containsText("EXIT");

    Locator legend = page.locator("fw-number-chart .legend .one");
    assertThat(legend)
        .hasText(
            new Pattern[] {
              Pattern.compile("Crates · full\\s*3"), Pattern.compile("Crates · empty\\s*4")
            });

    Locator filter = page.getByRole(AriaRole.GROUP).filter(allQuestions(page)).last();
    filter
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Signs").setExact(true))
        .click();
    assertThat(page.locator("li.clip [data-name='Crates']")).hasCount(0);
    assertThat(page.locator("fw-results-list").getByText("EXIT 42").first()).isVisible();
    console.button("All questions").click();

    console.button("Compare").click();
    Locator heads = page.locator("fw-compare-dialog thead th");
    assertThat(heads.nth(1)).containsText("OpenAI");
    assertThat(heads.nth(1)).containsText("$0.012");
    assertThat(heads.nth(2)).containsText("Built in");
    assertThat(ConsolePage.barriersOfAnyLevel(page)).isEmpty();
    console.picture("compare-backends");
    assertThat(console.faults()).isEmpty();
  }

  private static Locator.FilterOptions allQuestions(Page page) {
    return new Locator.FilterOptions()
        .setHas(page.getByText("All questions", new Page.GetByTextOptions().setExact(true)));
  }

  private static JsonNode ended(String id) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                List.of("finished", "stopped")
                    .contains(service.get("/sessions/" + id).path("status").asText()));
    return service.get("/sessions/" + id);
  }
}
