package framewise.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several questions about the same clips: agreement, latency, votes, and the latency of back ends
 * on the service page.
 */
class AnswersAreComparedTest {
  private static final Pattern LATENCY = Pattern.compile("median .+ · p95 .+");

  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void clipByClipSideBySide() throws IOException {
    ConsolePage console = browser.open(service);
    Page page = console.page();
    console.upload(DrawnClip.saying("EXIT 42", 3, folder));
    String id = console.sessionId();
    run(id, "Older", "Count the people", "Same", "Read any visible text");
    run(id, "=Sign", "Read any visible text", "People", "Count the people");
    page.reload();

    // Seen: the answers of all runs about the same clip were merged into one row.
    assertThat(page.locator("li.clip")).hasCount(6);
    assertThat(page.locator("li.clip").first()).not().containsText("=Sign");

    console.button("Compare").click();
    Locator dialog = page.locator("fw-compare-dialog dialog");
    assertThat(dialog.locator(".rate")).hasText(Pattern.compile("0 % agreement: 0 of 3 clips"));
    Locator heads = dialog.locator("thead th");
    assertThat(heads.nth(1)).containsText("=Sign");
    assertThat(heads.nth(1)).containsText("Built in");
    assertThat(heads.nth(1)).containsText(LATENCY);
    assertThat(dialog.locator("tbody tr")).hasCount(3);
    Locator vote = console.button("=Sign is best at 0:01.0");
    vote.click();
    assertThat(vote).hasAttribute("aria-pressed", "true");
    assertThat(heads.nth(1)).containsText("1 vote");
    assertThat(ConsolePage.barriersOfAnyLevel(page)).isEmpty();
    console.picture("compare");

    Download download = page.waitForDownload(() -> console.button("Export CSV").click());
    List<String> lines = Files.readAllLines(download.path());
    assertThat(lines.getFirst())
        .startsWith("run,start_seconds,end_seconds,agree,vote,'=Sign: backend");
    assertThat(lines.get(2)).matches("2,1,[\\d.]+,false,'=Sign,builtin,.*,true,EXIT 42,\\d+.*");
    assertThat(lines).hasSize(4);

    console.button("Close").last().click();
    page.reload();
    console.button("Compare").click();
    assertThat(heads.nth(1)).containsText("1 vote");
    dialog.locator("tbody th button").nth(2).click();
    assertThat(dialog).not().hasAttribute("open", "");
    assertThat(console.time()).containsText("0:02.0");
  }

  /** Seen: the latency chart took the most prominent place on a session's page. */
  @Test
  void theServicePageShowsTheLatencyOfBackEnds() {
    ConsolePage console = browser.open(service);
    Page page = console.page();
    console.upload(DrawnClip.saying("EXIT 42", 3, folder));
    run(console.sessionId(), "A", "Read any visible text", "B", "Count the people");
    assertThat(page.locator("fw-latency-chart")).hasCount(0);

    page.navigate(service.address() + "/console/#/service");
    Locator builtin =
        page.locator("fw-service-page tr", new Page.LocatorOptions().setHasText("Built in"));
    assertThat(builtin.locator(".state.on")).hasText("Ready");
    assertThat(builtin.locator("td.number").last()).hasText(Pattern.compile("\\d.* m?s"));
    assertThat(page.locator("fw-latency-chart canvas")).isVisible();
    assertThat(page.locator("fw-service-page a[href$='/docs']")).isVisible();
    assertThat(ConsolePage.barriersOfAnyLevel(page)).isEmpty();
    console.picture("service");
  }

  private static void run(String id, String a, String promptA, String b, String promptB) {
    service.post(
        "/start-stream/" + id,
        Map.of(
            "prompts",
            List.of(Map.of("name", a, "prompt", promptA), Map.of("name", b, "prompt", promptB)),
            "pace",
            "fast"));
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> service.get("/sessions/" + id).path("status").asText().equals("finished"));
  }
}
