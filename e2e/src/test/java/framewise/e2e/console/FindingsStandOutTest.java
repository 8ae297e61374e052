package framewise.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The list of answers shows what changed, when, and where in the picture. */
class FindingsStandOutTest {
  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  /** The sign says one thing for four seconds, then another. */
  @Test
  void repeatsAreFoldedAndChangesAreMarked() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("12 BOXES", "15 BOXES", 8, folder));
    console.answerAsFastAsItGoes();
    console.start("Read any visible text");
    assertThat(console.note("End of the video")).isVisible();
    assertThat(console.answers()).hasCount(8);

    folds(console);
    filters(console);
    timeline(console);
    numbers(console);
    boxes(console);
    assertThat(console.barriers()).isEmpty();
    assertThat(console.faults()).isEmpty();
    console.picture("findings");
  }

  private static void folds(ConsolePage console) {
    console.button("Group repeats").click();
    Locator folds = console.page().locator("li.fold");
    assertThat(folds).hasCount(2);
    assertThat(console.answers()).hasCount(0);
    assertThat(folds.first().locator(".at")).hasText("0:00–0:03");
    assertThat(folds.first()).containsText("12 BOXES");
    assertThat(folds.first()).containsText("4 answers");
    assertThat(folds.last()).hasClass(Pattern.compile("changed"));
    assertThat(folds.last().locator("img.thumb")).isVisible();
    console.button("Show the 4 answers from 0:04 to 0:07").click();
    assertThat(console.answers("15 BOXES")).hasCount(4);
    console.button("Hide the 4 answers from 0:04 to 0:07").click();
    assertThat(console.answers()).hasCount(0);
  }

  private static void filters(ConsolePage console) {
    Locator folds = console.page().locator("li.fold");
    console.button("Changes").click();
    assertThat(folds).hasCount(2);
    assertThat(console.note("End of the video")).hasCount(0);
    console.button("Errors").click();
    assertThat(folds).hasCount(0);
    assertThat(console.page().getByText("No answer matches the filter.")).isVisible();
    console.button("All").click();
    console.page().getByLabel("Filter answers").fill("15 box");
    assertThat(folds).hasCount(1);
    console.page().getByLabel("Filter answers").fill("");
    assertThat(folds).hasCount(2);
  }

  private static void timeline(ConsolePage console) {
    Locator lane = console.page().locator("fw-lanes .lane");
    assertThat(lane.getByRole(AriaRole.IMG)).hasAccessibleName("Answers, 1 change");
    BoundingBox box = Objects.requireNonNull(lane.boundingBox());
    double x = box.x + box.width * 0.75;
    double y = box.y + box.height / 2;
    console.page().mouse().move(x, y);
    Locator tip = console.page().locator("fw-lanes .tip");
    assertThat(tip).containsText("15 BOXES");
    assertThat(tip.locator("img")).isVisible();
    console.page().mouse().click(x, y);
    assertThat(console.time()).containsText(Pattern.compile("0:0[56]\\.\\d"));
    assertThat(console.page().locator("li.fold.current")).containsText("15 BOXES");
    console.page().getByLabel("Time in the video").focus();
    console.page().keyboard().press("Home");
    console.page().keyboard().press("ArrowRight");
    assertThat(console.time()).containsText("0:01.0");
    console.page().keyboard().press("ArrowRight");
    console.page().keyboard().press("ArrowLeft");
    assertThat(console.time()).containsText("0:01.0");
  }

  private static void numbers(ConsolePage console) {
    Locator chart = console.page().locator("fw-number-chart");
    assertThat(chart.locator(".legend")).hasText(Pattern.compile("Read any visible text\\s*12"));
    BoundingBox box = Objects.requireNonNull(chart.locator(".u-over").boundingBox());
    console.page().mouse().move(box.x + box.width * 0.8, box.y + box.height / 2);
    assertThat(chart.locator(".legend b")).hasText("15");
    assertThat(console.page().locator("fw-timeline .ghost")).isVisible();
    assertThat(console.time()).containsText(Pattern.compile("0:06\\.\\d"));
    console.page().mouse().move(5, 5);
    assertThat(console.time()).containsText("0:01.0");
  }

  private static void boxes(ConsolePage console) {
    Locator seen = console.page().locator("fw-boxes g.text");
    assertThat(seen.first()).isVisible();
    assertThat(seen.getByText("BOXES").first()).isVisible();
    Locator toggle =
        console
            .page()
            .getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Boxes").setExact(true));
    toggle.click();
    assertThat(seen).hasCount(0);
    toggle.click();
    assertThat(seen.first()).isVisible();
  }
}
