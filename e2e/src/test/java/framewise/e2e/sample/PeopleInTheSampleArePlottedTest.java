package framewise.e2e.sample;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.BoundingBox;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.JarService;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Three clicks lead from the start screen to a chart of people over time, and boxes around them.
 */
class PeopleInTheSampleArePlottedTest {
  private static final double SECONDS = 24;

  /** Making the sample takes some seconds, and more on a busy machine. */
  private static final double MAKING_MS = 180_000;

  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final Browser browser = new Browser();

  @Test
  void underTheVideoAndInThePicture() {
    ConsolePage console = browser.open(service);
    console.button("Try the sample").click();
    assertThat(console.prompt())
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(MAKING_MS));
    console.answerAsFastAsItGoes();
    console.start("Count the people");
    assertThat(console.note("End of the video")).isVisible();
    assertThat(console.answers()).hasCount((int) SECONDS);

    plotted(console);
    marked(console, 1, 0);
    marked(console, 4, 2);
    marked(console, 7, 1);
    marked(console, 13, 4);
    marked(console, 20, 2);
    assertThat(console.barriers()).isEmpty();
    assertThat(console.faults()).isEmpty();
    console.picture("sample-people");
  }

  private static void plotted(ConsolePage console) {
    Locator chart = console.page().locator("fw-number-chart");
    Locator value = chart.locator(".legend b");
    assertThat(chart.locator(".legend")).containsText("People");
    BoundingBox plot = Objects.requireNonNull(chart.locator(".u-over").boundingBox());
    Map<Double, String> people =
        Map.of(1.5, "0", 4.5, "2", 7.5, "1", 10.5, "1", 13.5, "4", 16.5, "4", 21.0, "2");
    people.forEach(
        (second, number) -> {
          double x = plot.x + plot.width * second / SECONDS;
          console.page().mouse().move(x, plot.y + plot.height / 2);
          assertThat(value).hasText(number);
        });
    console.page().mouse().move(5, 5);
  }

  /** Clicks the answer about a second and counts the boxes on its picture. */
  private static void marked(ConsolePage console, int second, int people) {
    console.answers().nth(second).locator("button").first().click();
    assertThat(console.time()).containsText("0:%02d.0".formatted(second));
    Locator boxes = console.page().locator("fw-boxes g.object");
    assertThat(boxes).hasCount(people);
    if (people > 0) {
      assertThat(boxes.first()).containsText("person");
    }
  }
}
