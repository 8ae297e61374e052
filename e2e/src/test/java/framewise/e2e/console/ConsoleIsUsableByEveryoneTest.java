package framewise.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Keyboard, contrast, accessible names, small screens, dark theme. */
class ConsoleIsUsableByEveryoneTest {
  /** The service draws the sample at the first request, which takes a while. */
  private static final double DRAWING_MS = 180_000;

  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void oneClickOpensTheSample() {
    ConsolePage console = browser.open(service);
    console.picture("empty");
    console.button("Try the sample").click();
    assertThat(console.prompt())
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(DRAWING_MS));
    console.start("Read any visible text");
    assertThat(console.answers().first()).isVisible();
    assertThat(console.barriers()).isEmpty();
    console.picture("sample");
  }

  @Test
  void everythingWorksByKeyboard() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 6, folder));
    console.answerAsFastAsItGoes();
    var keyboard = console.page().keyboard();
    var video = console.page().locator("video");

    keyboard.press("q");
    assertThat(console.prompt()).isFocused();
    keyboard.type("Read any visible text");
    keyboard.press("Enter");
    assertThat(console.note("End of the video")).isVisible();
    assertThat(console.answers("EXIT 42")).hasCount(6);
    keyboard.press("Escape");

    keyboard.press("Space");
    assertThat(console.button("Pause")).isVisible();
    keyboard.press("Space");
    assertThat(console.button("Play")).isVisible();
    assertThat(video.evaluate("v => v.paused")).isEqualTo(true);

    console.answers().nth(2).locator("button").click();
    assertThat(console.time()).containsText("0:02.0");
    keyboard.press("j");
    assertThat(console.time()).containsText("0:03.0");
    keyboard.press("ArrowUp");
    keyboard.press("k");
    assertThat(console.time()).containsText("0:01.0");
    assertThat(console.answers().nth(1).locator("button")).isFocused();

    keyboard.press("?");
    assertThat(console.page().getByText("Play or pause")).isVisible();
    console.picture("keys");
    keyboard.press("Escape");
    assertThat(console.page().getByText("Play or pause")).isHidden();
  }

  @Test
  void darkModeIsFollowed() {
    ConsolePage console = browser.openInTheDark(service);
    console.upload(DrawnClip.saying("EXIT 42", 3, folder));
    console.start("Read any visible text");
    console.expectAnswer("EXIT 42");
    console.openAsking();
    assertThat(brightness(console)).isLessThan(60);
    assertThat(console.barriers()).isEmpty();
    console.picture("dark");

    console.button("Settings").click();
    console.page().getByLabel("Light", new Page.GetByLabelOptions().setExact(true)).check();
    assertThat(brightness(console)).isGreaterThan(200);
    console.page().reload();
    assertThat(console.prompt()).isVisible();
    assertThat(brightness(console)).isGreaterThan(200);
  }

  @Test
  void aPhoneNeverScrollsSideways() {
    ConsolePage console = browser.openOnAPhone(service);
    console.picture("phone-empty");
    console.upload(DrawnClip.saying("EXIT 42", 4, folder));
    console.start("Read any visible text");
    console.expectAnswer("EXIT 42");
    console.picture("phone-running");
    assertThat(console.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo(true);
    assertThat(console.barriers()).isEmpty();
    console.button("Videos").click();
    assertThat(console.button("Add video")).isVisible();
    console.picture("phone-videos");
  }

  /** Every page, light and dark, and the documentation of the API. */
  @Test
  void noPageHasAnAccessibilityViolation() {
    for (ConsolePage console : List.of(browser.open(service), browser.openInTheDark(service))) {
      Page page = console.page();
      for (String place :
          List.of(
              "", "live", "watches", "incidents", "endpoints", "service", "accounts", "audit")) {
        page.navigate(service.address() + "/console/#/" + place);
        assertThat(page.locator("main h1, main h2").first()).isVisible();
        assertThat(ConsolePage.barriersOfAnyLevel(page)).as(place).isEmpty();
      }
      for (String button : List.of("Search answers", "Keyboard shortcuts", "Settings", "Account")) {
        console.button(button).click();
        assertThat(ConsolePage.barriersOfAnyLevel(page)).as(button).isEmpty();
        page.keyboard().press("Escape");
      }
    }
    for (String api : List.of("", "?api=overshoot")) {
      Page docs = browser.visit(service.address() + "/docs" + api);
      docs.locator(".opblock-summary-control").nth(2).click();
      assertThat(docs.locator(".opblock-body")).isVisible();
      assertThat(docs).hasURL(Pattern.compile("#/"));
      assertThat(ConsolePage.barriersOfAnyLevel(docs)).as("docs" + api).isEmpty();
      operations(docs, api);
    }
  }

  /**
   * Seen: in open operations, fields without an accessible name, code blocks that could not be
   * scrolled by keyboard and buttons with too little contrast; in the dialog for keys, a button
   * without a name.
   */
  private static void operations(Page docs, String api) {
    for (int i : List.of(0, 1, 4)) {
      docs.locator(".opblock-summary-control").nth(i).click();
    }
    assertThat(docs.locator(".opblock-body")).hasCount(4);
    assertThat(ConsolePage.barriersOfAnyLevel(docs)).as("operations" + api).isEmpty();
    docs.locator(".try-out__btn").nth(1).click();
    assertThat(docs.locator(".execute").first()).isVisible();
    assertThat(ConsolePage.barriersOfAnyLevel(docs)).as("operation tried" + api).isEmpty();
    docs.locator("button.authorize").first().click();
    assertThat(docs.locator(".close-modal")).isVisible();
    assertThat(ConsolePage.barriersOfAnyLevel(docs)).as("keys" + api).isEmpty();
  }

  private static double brightness(ConsolePage console) {
    Object red =
        console
            .page()
            .evaluate("Number(/\\d+/.exec(getComputedStyle(document.body).backgroundColor)[0])");
    return ((Number) red).doubleValue();
  }

  /** Checks the check: it does find a violation if there is one. */
  @Test
  void aViolationIsFound() {
    ConsolePage console = browser.open(service);
    console.page().evaluate("document.body.append(new Image())");
    assertThat(console.barriers()).singleElement(STRING).startsWith("image-alt: <img>");
  }
}
