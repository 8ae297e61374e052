package framewise.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.FilePayload;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import framewise.e2e.ManyAnswers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Long names and answers, answers at several rates, and scripts that are written from right to
 * left.
 */
class UnusualContentStaysLegibleTest {
  private static final String HEBREW =
      "\u05e9\u05e2\u05e8 \u05e6\u05e4\u05d5\u05e0\u05d9, \u05de\u05e6\u05dc\u05de\u05d4 4,"
          + " \u05d4\u05e7\u05dc\u05d8\u05d4 \u05d0\u05e8\u05d5\u05db\u05d4.mp4";
  private static final String LONG =
      "Warehouse line 3, boxes counted at the gate beside the northern ramp, part ";
  private static final int OFTEN = 10;
  private static final int ANSWERS = 80;

  /** Returns the last character of each line of an element's text, except the last line. */
  private static final String LINE_ENDS =
      """
      (name) => {
        const ends = [];
        let bottom;
        let before = '';
        const texts = document.createTreeWalker(name, NodeFilter.SHOW_TEXT);
        for (let text = texts.nextNode(); text; text = texts.nextNode()) {
          for (let i = 0; i < text.length; i++) {
            const range = document.createRange();
            range.setStart(text, i);
            range.setEnd(text, i + 1);
            const box = range.getBoundingClientRect();
            if (bottom !== undefined && box.top >= bottom) {
              ends.push(before);
            }
            bottom = box.bottom;
            before = text.data[i];
          }
        }
        return ends;
      }""";

  @RegisterExtension
  static final JarService service = JarService.with(Map.of("FRAMEWISE_URL_SOURCES", "any"));

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  /**
   * Seen: the beginning of a Hebrew name was cut off and its end was shown before the rest; the
   * heading cut off the end of a long name, where recordings of a series differ.
   */
  @Test
  void namesKeepTheirBeginningAndTheirEnd() throws IOException {
    ConsolePage console = browser.open(service);
    upload(console, HEBREW);
    Page page = console.page();
    Locator name = page.locator("fw-sessions-list .name.long");
    assertThat(name.locator(".start")).hasCSS("direction", "rtl");
    assertThat(box(name.locator(".end")).x).isLessThan(box(name.locator(".start")).x);
    assertThat(page.locator("fw-bar h1")).hasCSS("direction", "rtl");

    console.button("Add video").click();
    upload(console, LONG + "17.mp4");
    Locator end = page.locator("fw-bar h1 .end");
    assertThat(end).hasText("art 17.mp4");
    BoundingBox at = box(end);
    assertThat(at.x + at.width).isLessThan(box(page.locator("fw-bar .search")).x);
    assertThat(ConsolePage.barriersOfAnyLevel(page)).isEmpty();
    console.picture("long-names");
    assertThat(console.faults()).isEmpty();
  }

  /**
   * Seen: a line of the list of videos ended inside a word of a short address: "192.168.1.20/str",
   * "eam1". The end of a long one, where cameras of one recorder differ, must remain visible.
   */
  @Test
  void addressesBreakBetweenTheirParts() {
    ConsolePage console = browser.open(service);
    Page page = console.page();
    for (String url :
        List.of(
            "rtsp://127.0.0.1:1/garage-entrance/stream1",
            "rtsp://[::1]:8554/cameras/parking-lot/main",
            "http://127.0.0.1:1/api/v1/recorder/channels/live.m3u8?channel=12&subtype=0")) {
      JsonNode _ = service.post("/sessions", Map.of("url", url));
    }
    Locator names = page.locator("fw-sessions-list .name.url");
    assertThat(names).hasCount(3);
    assertThat(names.first()).containsText("channel=12&subtype=0");
    for (Locator name : names.all()) {
      assertThat(name.evaluate(LINE_ENDS) instanceof List<?> ends ? ends : List.of())
          .as(name.textContent())
          .isNotEmpty()
          .allMatch(end -> "/?&=.:@_-\u2026".contains(String.valueOf(end)));
      assertThat(name.evaluate("name => name.scrollWidth <= name.clientWidth")).isEqualTo(true);
    }
    console.picture("addresses");
  }

  /** Seen: an answer taller than the list was shown from its middle, without its time. */
  @Test
  void answersTallerThanTheListAreShownFromTheirBeginning() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 3, folder));
    show(console, 3, (result, seq) -> result.put("result", HEBREW + " word".repeat(600)));
    Page page = console.page();
    assertThat(console.currentAnswer()).hasCount(1);
    assertThat(console.currentAnswer().locator(".said")).hasCSS("direction", "rtl");
    BoundingBox list = box(page.locator("fw-results-list .scroll"));
    BoundingBox current = box(console.currentAnswer());
    assertThat(current.height).isGreaterThan(list.height);
    assertThat(current.y).isBetween(list.y, list.y + list.height / 2);
    console.picture("long-answer");
  }

  /** Seen: the filter showed the middle of a long name of a question, cut at both ends. */
  @Test
  void longNamesOfQuestionsShowTheirBeginning() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 2, folder));
    String name = "Signs and everything that is written anywhere";
    service.post(
        "/start-stream/" + console.sessionId(),
        Map.of(
            "prompts",
            List.of(
                Map.of("name", name, "prompt", "Read any visible text"),
                Map.of("name", "People", "prompt", "Count the people")),
            "pace",
            "fast"));
    Locator chip = console.page().locator("fw-results-list .filter button").nth(1);
    assertThat(chip).hasText(name);
    Object hidden =
        chip.evaluate(
            "chip => { const text = document.createRange(); text.selectNodeContents(chip);"
                + " return text.getBoundingClientRect().left < chip.getBoundingClientRect().left;"
                + " }");
    assertThat(hidden).isEqualTo(false);
  }

  /** Seen: an early run had ten rows with the time "0:00" once a later run asked less often. */
  @Test
  void answersOfEveryRunHaveTimesOfTheirOwn() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 3, folder));
    show(
        console,
        ANSWERS,
        (result, seq) -> {
          boolean often = seq <= OFTEN;
          double at = often ? (seq - 1) / 10.0 : seq - OFTEN - 1;
          result.put("run", often ? 1 : 2).put("result", "Answer " + seq);
          ((ObjectNode) result.path("clip")).put("start_seconds", at).put("end_seconds", at + 0.1);
        });
    Locator times = console.page().locator("li.result .at");
    assertThat(times.first()).hasText("0:00.0");
    assertThat(times.nth(1)).hasText("0:00.1");
  }

  /** Seen: on a phone, the word "Connected" pushed the last button of the bar to a second line. */
  @Test
  void aPhonesBarIsOneLineAndTheName() throws IOException {
    String camera =
        service
            .post("/sessions", Map.of("url", "rtsp://127.0.0.1:1/a"))
            .path("session_id")
            .asText();
    service.post("/start-stream/" + camera, Map.of("prompt", "Count the people"));
    ConsolePage console = browser.openOnAPhone(service);
    upload(console, LONG + "2.mp4");
    Page page = console.page();
    assertThat(page.locator("fw-bar a.live.on")).containsText("1");
    assertThat(console.connection()).hasText("Connected");
    Object lines =
        page.locator("fw-bar")
            .evaluate(
                "bar => new Set([...bar.shadowRoot.querySelectorAll('button, a')]"
                    + ".filter(e => e.checkVisibility()).map(e => { const r ="
                    + " e.getBoundingClientRect(); return Math.round((r.top + r.bottom) / 2); }))"
                    + ".size");
    assertThat(lines).isEqualTo(1);
    assertThat(ConsolePage.barriersOfAnyLevel(page)).isEmpty();
    console.picture("phone-bar");
  }

  private void upload(ConsolePage console, String name) throws IOException {
    byte[] clip = Files.readAllBytes(DrawnClip.saying("EXIT 42", 2, folder));
    console
        .page()
        .locator("input[type=file]")
        .setInputFiles(new FilePayload(name, "video/mp4", clip));
    assertThat(console.prompt()).isVisible();
  }

  private static void show(
      ConsolePage console, int answers, BiConsumer<ObjectNode, Integer> result) {
    Page page = console.page();
    String id = console.sessionId();
    ManyAnswers.serve(
        page,
        service.get("/sessions/" + id),
        answers,
        session -> session.put("status", "finished"),
        (one, seq) -> {
          one.put("at", "2026-11-30T00:00:00Z");
          one.put("inference_latency_ms", 100).put("total_latency_ms", 130);
          one.putObject("clip")
              .put("index", seq - 1)
              .put("start_seconds", seq - 1)
              .put("end_seconds", seq)
              .put("frames", 1);
          result.accept(one, seq);
        });
    page.reload();
    assertThat(console.answers().first()).isVisible();
    assertThat(page).hasURL(Pattern.compile(id));
  }

  private static BoundingBox box(Locator locator) {
    return Objects.requireNonNull(locator.boundingBox());
  }
}
