package framewise.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import framewise.e2e.ManyAnswers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * With 10,000 answers, the page contains only the rows near the visible part. Seen: each answer was
 * 21 elements, and the page hung while it loaded the 7,000th.
 */
class LongSessionsStayLightTest {
  private static final int ANSWERS = 10_000;
  private static final int MAX_ROWS = 150;
  private static final double MAX_MEGABYTES = 300;

  /** Maximum number of nodes in memory, including those that the page has discarded. */
  private static final int MAX_NODES = 20_000;

  private static final Pattern PSS = Pattern.compile("Pss:\\s+(\\d+) kB");

  /**
   * Set this on an idle machine only: under load, late frames say nothing about the page. See
   * bench/README.md.
   */
  private static final boolean IDLE = System.getenv("FRAMEWISE_IDLE_MACHINE") != null;

  /** Maximum percentage of missing frames, at 60 frames a second. */
  private static final int MAX_LATE = 2;

  /**
   * Records when frames are drawn, and the tasks that take more than 50 ms, which delay keys and
   * clicks.
   */
  private static final String COUNT_FRAMES =
      """
      () => {
        globalThis.frames = [];
        globalThis.tasks = [];
        new PerformanceObserver((list) => {
          tasks.push(...list.getEntries().map(({ duration }) => duration));
        }).observe({ type: 'longtask' });
        const draw = (at) => {
          frames.push(at);
          requestAnimationFrame(draw);
        };
        requestAnimationFrame(draw);
      }""";

  /**
   * Returns the number of tasks that took more than 50 ms, and the percentage of missing frames at
   * 60 frames a second.
   */
  private static final String LATE =
      """
      () => {
        const due = (frames.at(-1) - frames[0]) * 0.06;
        return [tasks.length, Math.max(0, Math.round((1 - (frames.length - 1) / due) * 100))];
      }""";

  /** Returns the milliseconds between frames (median, p95, p99) and their number. */
  private static final String FRAMES =
      """
      () => {
        const gaps = frames.slice(1).map((at, i) => at - frames[i]).sort((a, b) => a - b);
        const share = (q) => Math.round(gaps[Math.floor(gaps.length * q)] * 10) / 10;
        return `median ${share(0.5)} ms, p95 ${share(0.95)} ms, p99 ${share(0.99)} ms of ${gaps.length}`;
      }""";

  /**
   * Scrolls through the list; returns the largest number of rows in the page, and whether the
   * middle of the list was ever empty.
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

  /** Leaps to fifty places that are far from each other; returns the largest number of elements. */
  private static final String LEAP =
      """
      async () => {
        const shadow = (root, name) => root.querySelector(name).shadowRoot;
        const list = shadow(shadow(shadow(document, 'fw-app'), 'fw-workspace'), 'fw-results-list');
        const scroller = list.querySelector('.scroll');
        let most = 0;
        for (let i = 1; i <= 50; i++) {
          scroller.scrollTop = ((i * 21) % 50) / 50 * (scroller.scrollHeight - scroller.clientHeight);
          await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)));
          most = Math.max(most, list.querySelectorAll('*').length);
        }
        return most;
      }\
      """;

  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void withTenThousandAnswers() {
    ConsolePage console = browser.open(service);
    Page page = console.page();
    console.upload(DrawnClip.saying("EXIT 42", 3, folder));
    String id = console.sessionId();
    ManyAnswers.serve(
        page,
        service.get("/sessions/" + id),
        ANSWERS,
        LongSessionsStayLightTest::show,
        LongSessionsStayLightTest::complete);
    page.navigate(service.address() + "/console/#/session/" + id + "?answer=1");
    page.reload();

    // The URL names the first answer, so the page loads everything back to it.
    assertThat(console.page().locator("li.result[data-seq='1']")).isVisible();
    assertThat(console.page().locator("fw-results-list .count, fw-results-head .count"))
        .hasText("10,000");
    wheel(page);
    assertThat(page.locator("li.result[data-seq='" + ANSWERS + "']")).isVisible();
    isLight((List<?>) page.evaluate(SCROLL));
    leap(page);

    Locator filter = page.getByLabel("Filter answers");
    filter.fill("gate 42.");
    assertThat(page.locator("li.result").first()).containsText("gate 42.");
    filter.fill("");
    console.button("Newest first").click();
    // With the newest first, the current answer is the last row.
    assertThat(page.locator("li.result[data-seq='1']")).isVisible();
    isLight((List<?>) page.evaluate(SCROLL));
    // Marks narrower than a pixel are left out.
    assertThat(page.locator("fw-lanes rect").count()).isLessThan(4000);
    assertThat(console.faults()).isEmpty();
    console.picture("long");
  }

  @Test
  void rowsThatTakeOverElementsShowNothingOfTheRowsBefore() {
    ConsolePage console = browser.open(service);
    Page page = console.page();
    console.upload(DrawnClip.saying("EXIT 43", 3, folder));
    String id = console.sessionId();
    ManyAnswers.serve(
        page,
        service.get("/sessions/" + id),
        1000,
        LongSessionsStayLightTest::show,
        LongSessionsStayLightTest::complete);
    page.navigate(service.address() + "/console/#/session/" + id + "?answer=1");
    page.reload();
    Locator row = page.locator("li.result[data-seq='3']");
    row.locator("summary").click();
    assertThat(row.locator("fw-result-details")).isVisible();
    row.locator("button.line").focus();

    Locator scroller = page.locator("fw-results-list .scroll");
    scroller.evaluate("list => list.scrollTop = list.scrollHeight");
    assertThat(page.locator("li.result[data-seq='1000']")).isVisible();
    assertThat(page.locator("fw-results-list details[open], fw-result-details")).hasCount(0);
    assertThat(page.locator("fw-results-list li:focus-within")).hasCount(0);

    scroller.evaluate("list => list.scrollTop = 0");
    assertThat(row.locator("fw-result-details")).isVisible();
    assertThat(page.locator("fw-result-details")).hasCount(1);
    assertThat(console.faults()).isEmpty();
  }

  /**
   * Scrolls with the wheel as people do, and prints how smooth that was. Checks memory, and on an
   * idle machine the frames.
   */
  private static void wheel(Page page) {
    page.locator("fw-results-list .scroll").evaluate("list => list.scrollTop = 0");
    assertThat(page.locator("li.result[data-seq='1']")).isVisible();
    BoundingBox list = Objects.requireNonNull(page.locator("fw-results-list").boundingBox());
    page.mouse().move(list.x + list.width / 2, list.y + list.height / 2);
    double before = renderer(page).cpuSeconds();
    page.evaluate(COUNT_FRAMES);
    for (int i = 0; i < 150; i++) {
      page.mouse().wheel(0, 240);
      page.waitForTimeout(14);
    }
    Object frames = page.evaluate(FRAMES);
    List<?> late = (List<?>) page.evaluate(LATE);
    Renderer after = renderer(page);
    System.out.printf(
        "10,000 answers: frames %s; tasks over 50 ms: %s; frames missing of 100: %s; %.1f s of CPU;"
            + " %.0f MB%n",
        frames, late.get(0), late.get(1), after.cpuSeconds() - before, after.megabytes());
    assertThat(after.megabytes()).as("memory of the tab").isLessThan(MAX_MEGABYTES);
    if (IDLE) {
      assertThat(((Number) late.get(0)).intValue()).as("tasks of more than 50 ms").isZero();
      assertThat(((Number) late.get(1)).intValue()).as("late frames").isLessThanOrEqualTo(MAX_LATE);
    }
    page.locator("fw-results-list .scroll").evaluate("list => list.scrollTop = list.scrollHeight");
  }

  /**
   * Drags the scrollbar far, fifty times. Seen: the timeline copied its answers for each answer,
   * and each leap discarded the elements of all rows; 86,000 nodes and 311 MB were there until the
   * browser collected them.
   */
  private static void leap(Page page) {
    CDPSession cdp = page.context().newCDPSession(page);
    Object most = page.evaluate(LEAP);
    int nodes = cdp.send("Memory.getDOMCounters").get("nodes").getAsInt();
    cdp.detach();
    Renderer after = renderer(page);
    System.out.printf(
        "50 leaps: %.0f MB; %d nodes, %s elements in the list%n", after.megabytes(), nodes, most);
    assertThat(nodes).as("nodes in memory").isLessThan(MAX_NODES);
    assertThat(after.megabytes()).as("memory of the tab").isLessThan(MAX_MEGABYTES);
  }

  private record Renderer(double megabytes, double cpuSeconds) {}

  /**
   * The tab's process: the renderer process with the most memory, counting its share of shared
   * memory (PSS).
   */
  private static Renderer renderer(Page page) {
    CDPSession cdp = page.context().browser().newBrowserCDPSession();
    List<Renderer> found = new ArrayList<>();
    for (JsonElement one : cdp.send("SystemInfo.getProcessInfo").getAsJsonArray("processInfo")) {
      JsonObject process = one.getAsJsonObject();
      if (process.get("type").getAsString().equals("renderer")) {
        Path memory = Path.of("/proc", process.get("id").getAsString(), "smaps_rollup");
        found.add(new Renderer(megabytes(memory), process.get("cpuTime").getAsDouble()));
      }
    }
    cdp.detach();
    return found.stream().max(Comparator.comparingDouble(Renderer::megabytes)).orElseThrow();
  }

  private static double megabytes(Path smaps) {
    try {
      Matcher pss = PSS.matcher(Files.readString(smaps));
      assertThat(pss.find()).as(smaps.toString()).isTrue();
      return Double.parseDouble(pss.group(1)) / 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void isLight(Iterable<?> found) {
    var each = found.iterator();
    assertThat(((Number) each.next()).intValue()).as("rows").isBetween(20, MAX_ROWS);
    assertThat(((Number) each.next()).intValue()).as("empty places").isZero();
  }

  private static void show(ObjectNode session) {
    session.put("status", "finished");
    ((ObjectNode) session.path("video")).put("duration_seconds", ANSWERS / 10.0);
  }

  private static void complete(ObjectNode result, int seq) {
    result.put("at", "2026-11-30T00:00:00Z");
    result.put("result", "%d people near gate %d.".formatted(seq * 7 % 13, seq % 97));
    result.put("inference_latency_ms", 100 + seq % 40).put("total_latency_ms", 130 + seq % 40);
    result
        .putObject("clip")
        .put("index", seq - 1)
        .put("start_seconds", (seq - 1) / 10.0)
        .put("end_seconds", seq / 10.0)
        .put("frames", 1);
  }
}
