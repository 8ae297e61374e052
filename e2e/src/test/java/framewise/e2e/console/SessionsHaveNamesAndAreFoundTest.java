package framewise.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The list of videos: each one's name, picture and newest answer, and how to find one of many. */
class SessionsHaveNamesAndAreFoundTest {
  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void namesAreEditedSortedFilteredAndShortened() throws Exception {
    Path clip = DrawnClip.saying("EXIT 42", 2, folder);
    ConsolePage console = browser.open(service);
    String series = "Warehouse gate north camera recording part ";
    for (String name : List.of("c.mp4", "b.mp4", "a.mp4", series + "1.mp4", series + "2.mp4")) {
      console.upload(Files.copy(clip, folder.resolve(name)));
      assertThat(row(console, name)).isVisible();
      console.button("Add video").click();
    }
    console.upload(clip);
    Locator list = console.page().locator("fw-sessions-list li");
    assertThat(list).hasCount(6);
    // Names that differ only at the end remain distinguishable.
    assertThat(row(console, "part 1.mp4").locator(".end")).isVisible();
    assertThat(console.page().locator(".picture img:not(.missing)")).hasCount(6);

    console.start("Read any visible text");
    assertThat(row(console, "EXIT-42.mp4").locator(".newest")).containsText("EXIT 42");

    row(console, "EXIT-42.mp4").locator("a").focus();
    console.page().keyboard().press("F2");
    console
        .page()
        .getByLabel("Name", new Page.GetByLabelOptions().setExact(true))
        .fill("Exit sign");
    console.page().keyboard().press("Enter");
    assertThat(row(console, "Exit sign")).isVisible();
    assertThat(row(console, "Exit sign").locator("a")).isFocused();
    assertThat(console.page().locator("fw-bar h1")).hasText("Exit sign");
    assertThat(console.page()).hasTitle("Exit sign – Framewise");

    // All rows are one stop of the Tab key; arrow keys move between them.
    console.page().keyboard().press("ArrowDown");
    assertThat(row(console, "part 2.mp4").locator("a")).isFocused();
    assertThat(console.page().locator("fw-sessions-list a[tabindex='0']")).hasCount(1);
    console.page().keyboard().press("F2");
    console.page().keyboard().type("thrown away");
    console.page().keyboard().press("Escape");
    assertThat(row(console, "part 2.mp4").locator("a")).isFocused();

    console.page().getByLabel("Sort videos").selectOption("name");
    assertThat(list.first()).containsText("a.mp4");
    console.page().getByLabel("Filter videos").fill("exit");
    assertThat(list).hasCount(1);
    assertThat(console.barriers()).isEmpty();
    console.picture("sessions-filtered");
    console.page().getByLabel("Filter videos").fill("no such name");
    assertThat(console.page().getByText("No video matches")).isVisible();
    console.page().keyboard().press("Escape");

    answersAreSearched(console);
    assertThat(console.faults()).isEmpty();
  }

  /** One field searches the answers of all sessions; a hit opens its picture. */
  private static void answersAreSearched(ConsolePage console) {
    console.button("Add video").click();
    console.page().keyboard().press("/");
    console.page().keyboard().type("exi");
    Locator hit = console.page().locator("a.hit");
    assertThat(hit).hasCount(1);
    assertThat(hit.locator("mark")).hasText("EXIT");
    assertThat(console.page().locator("fw-search-dialog .group")).containsText("Exit sign");
    assertThat(console.barriers()).isEmpty();
    assertThat(hit.locator("img")).hasJSProperty("complete", true);
    assertThat(hit.locator("img")).hasJSProperty("naturalWidth", 128);
    console.picture("search");
    narrowed(console, "Model provider", "openai", 0);
    narrowed(console, "Model provider", "builtin", 1);
    narrowed(console, "Time", "hour", 1);
    console.page().getByLabel("Outcome").selectOption("false");
    assertThat(hit).hasCount(0);
    console.page().getByLabel("Outcome").selectOption("");
    assertThat(hit).hasCount(1);
    var field = console.page().getByLabel("Search answers").and(console.page().locator("input"));
    field.fill("\"sign exit\"");
    assertThat(console.page().getByText("No answers match.")).isVisible();
    field.fill("42");
    assertThat(hit).hasCount(1);
    field.press("Enter");
    assertThat(console.page().locator("fw-bar h1")).hasText("Exit sign");
    assertThat(console.currentAnswer()).containsText("EXIT 42");
    assertThat(console.time()).containsText("0:00.0");
  }

  private static void narrowed(ConsolePage console, String filter, String value, int hits) {
    Locator choice =
        console
            .page()
            .locator("fw-search-dialog")
            .getByLabel(filter, new Locator.GetByLabelOptions().setExact(true));
    choice.selectOption(value);
    assertThat(console.page().locator("a.hit")).hasCount(hits);
    choice.selectOption("");
    assertThat(console.page().locator("a.hit")).hasCount(1);
  }

  private static Locator row(ConsolePage console, String name) {
    return console
        .page()
        .locator("fw-sessions-list li", new Page.LocatorOptions().setHasText(name));
  }
}
