package framewise.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * 10,000 answers: the page keeps the rows near the screen only. Seen: each answer was 21 elements,
 * and the page hung while it loaded the 7,000th.
 */
class LongSessionsStayLightTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ANSWERS = 10_000;
  private static final int MOST_ROWS = 150;
  private static final Pattern PAGE = Pattern.compile("since=(\\d+)&limit=(\\d+)");

  /**
   * Scrolls through the list; returns the largest number of rows, and whether the middle was ever
   * empty.
   */
  private static final String SCROLL =
      """
      async () => {
        const shadow = (root, name) => root.querySelector(name).shadowRoot;
        const list = shadow(shadow(shadow(document, 'fw-app'), 'fw-workspace'), 'fw-results-list');
        const scroller = list.querySelector('.scroll');
        const box = scroller.getBoundingClientRect();
        let most = 0;
        let empty = 0;
        for (let i = 0; i <= 50; i++) {
          scroller.scrollTop = (i / 50) * (scroller.scrollHeight - scroller.clientHeight);
          await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)));
          most = Math.max(most, list.querySelectorAll('li').length);
          const row = list.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)?.closest('li');
          empty += row && !row.classList.contains('space') ? 0 : 1;
        }
        return [most, empty];
      }\
      """;

  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void tenThousandAnswers() {
    ConsolePage console = browser.open(service);
    Page page = console.page();
    console.upload(DrawnClip.saying("EXIT 42", 3, folder));
    String id = console.sessionId();
    answer(page, id);
    page.navigate(service.address() + "/console/#/session/" + id + "?answer=1");
    page.reload();

    // The address names the first answer: everything down to it is loaded.
    assertThat(console.page().locator("li.result[data-seq='1']")).isVisible();
    assertThat(console.page().locator("fw-results-list .count, fw-results-head .count"))
        .hasText("10,000");
    isLight((List<?>) page.evaluate(SCROLL));

    assertThat(page.locator("li.result[data-seq='" + ANSWERS + "']")).isVisible();
    Locator filter = page.getByLabel("Filter answers");
    filter.fill("gate 42.");
    assertThat(page.locator("li.result").first()).containsText("gate 42.");
    filter.fill("");
    console.button("Newest first").click();
    // The current answer is the last one now.
    assertThat(page.locator("li.result[data-seq='1']")).isVisible();
    isLight((List<?>) page.evaluate(SCROLL));
    // Marks narrower than a pixel are left out.
    assertThat(page.locator("fw-lanes rect").count()).isLessThan(4000);
    assertThat(console.faults()).isEmpty();
    console.picture("long");
  }

  private static void isLight(Iterable<?> found) {
    var each = found.iterator();
    assertThat(((Number) each.next()).intValue()).as("rows").isBetween(20, MOST_ROWS);
    assertThat(((Number) each.next()).intValue()).as("empty places").isZero();
  }

  /** Answers in the service's place: to store 10,000 takes long. */
  private static void answer(Page page, String id) {
    JsonNode real = service.get("/sessions/" + id);
    page.route(
        Pattern.compile("/sessions/" + id + "$"),
        route -> {
          ObjectNode session = real.deepCopy();
          session.put("status", "finished").put("last_seq", ANSWERS);
          ((ObjectNode) session.path("video")).put("duration_seconds", ANSWERS / 10.0);
          ((ObjectNode) session.path("counters")).put("results", ANSWERS);
          fulfill(route, session);
        });
    page.route(
        Pattern.compile("/sessions/" + id + "/results\\?"),
        route -> {
          MatchResult wanted =
              PAGE.matcher(route.request().url()).results().findFirst().orElseThrow();
          int since = Integer.parseInt(wanted.group(1));
          int until = Math.min(ANSWERS, since + Integer.parseInt(wanted.group(2)));
          ObjectNode body = JSON.createObjectNode();
          var results = body.putArray("results");
          for (int seq = since + 1; seq <= until; seq++) {
            results.add(result(id, seq));
          }
          fulfill(route, body.put("last_seq", until).put("more", until < ANSWERS));
        });
  }

  private static ObjectNode result(String id, int seq) {
    ObjectNode result = JSON.createObjectNode();
    result.put("type", "result").put("id", "r" + seq).put("seq", seq).put("session_id", id);
    result.put("run", 1).put("at", "2026-11-30T00:00:00Z").put("prompt", "Count the people");
    result.put("backend", "builtin").put("mode", "frame").put("ok", true);
    result.put("result", "%d people near gate %d.".formatted(seq * 7 % 13, seq % 97));
    result.put("inference_latency_ms", 100 + seq % 40).put("total_latency_ms", 130 + seq % 40);
    result
        .putObject("clip")
        .put("index", seq - 1)
        .put("start_seconds", (seq - 1) / 10.0)
        .put("end_seconds", seq / 10.0)
        .put("frames", 1);
    return result;
  }

  private static void fulfill(Route route, JsonNode body) {
    route.fulfill(
        new Route.FulfillOptions().setContentType("application/json").setBody(body.toString()));
  }
}
