package framewise.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The share button copies a link to the session at the displayed second. */
class MomentsAreSharedTest {
  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void theLinkOpensAtThatSecond() {
    ConsolePage console = browser.open(service);
    Page page = console.page();
    page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    console.upload(DrawnClip.saying("EXIT 42", 8, folder));
    console.answerAsFastAsItGoes();
    console.start("Read any visible text");
    assertThat(console.note("End of the video")).isVisible();
    console.answers().nth(5).locator("button").click();
    assertThat(console.time()).containsText("0:05.0");

    console.button("Share").click();
    console.button("Copy link to 0:05").click();
    assertThat(console.button("Copied")).isVisible();
    assertThat(console.barriers()).isEmpty();
    console.picture("share-moment");
    String link = String.valueOf(page.evaluate("() => navigator.clipboard.readText()"));
    assertThat(link).endsWith("/console/#/session/" + console.sessionId() + "?t=5");
    opens(link);

    console.button("Create link to 0:05").click();
    Locator viewOnly = page.getByLabel("Anyone with this link can watch for 7 days");
    assertThat(viewOnly).isVisible();
    opens(viewOnly.inputValue());
    assertThat(console.faults()).isEmpty();
  }

  private static void opens(String link) {
    Page other = browser.visit(link);
    assertThat(other.getByTestId("time")).containsText("0:05.0");
    assertThat(other.locator("li.current")).containsText("EXIT 42");
  }
}
