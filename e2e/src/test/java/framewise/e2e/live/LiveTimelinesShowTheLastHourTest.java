package framewise.e2e.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.JarService;
import framewise.e2e.ManyAnswers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A camera session of two and a half hours, with an answer every two seconds. */
class LiveTimelinesShowTheLastHourTest {
  private static final int ANSWERS = 4496;
  private static final int EVERY_SECONDS = 2;
  private static final int BEFORE = 40;
  private static final Instant BEGAN = Instant.parse("2026-11-30T08:00:00Z");

  @RegisterExtension
  static final JarService service = JarService.with(Map.of("FRAMEWISE_URL_SOURCES", "any"));

  @RegisterExtension static final Browser browser = new Browser();

  @Test
  void withMouseAndKeyboard() {
    ConsolePage console = browser.open(service, new NewContextOptions().setTimezoneId("UTC"));
    Page page = console.page();
    String id =
        service
            .post("/sessions", Map.of("url", "rtsp://127.0.0.1:1/gate"))
            .path("session_id")
            .asText();
    ManyAnswers.serve(
        page,
        service.get("/sessions/" + id),
        ANSWERS,
        session -> session.put("status", "stopped"),
        LiveTimelinesShowTheLastHourTest::complete);
    page.navigate(service.address() + "/console/#/session/" + id);
    assertThat(console.answers().last()).isAttached();

    Locator axis = page.locator("fw-lanes .axis span");
    assertThat(axis).hasText(new String[] {"09:29:50", "09:59:50", "10:29:50"});
    // Seen: only the newest 1000 answers were on the timeline, as if nothing had been asked before.
    BoundingBox box = box(page);
    page.mouse().move(box.x + 2, box.y + box.height / 2);
    assertThat(page.locator("fw-lanes .tip")).containsText("2 people");
    console.picture("live-timeline");

    mouse(page, axis);
    keys(console, axis);
    assertThat(console.barriers()).isEmpty();
    assertThat(console.faults()).isEmpty();
  }

  private static void mouse(Page page, Locator axis) {
    BoundingBox box = box(page);
    double middle = box.x + box.width / 2;
    double y = box.y + box.height / 2;
    page.mouse().move(middle, y);
    assertThat(page.locator("fw-lanes .tip .when")).containsText("09:5");
    assertThat(page.locator("fw-lanes .tip")).containsText("2 people");

    // Drag by a quarter of the lane, which is a quarter of an hour.
    page.mouse().down();
    page.mouse().move(middle + box.width / 8, y);
    page.mouse().move(middle + box.width / 4, y);
    page.mouse().up();
    assertThat(axis).hasText(new Pattern[] {time("09:1[45]"), time("09:4[45]"), time("10:1[45]")});
    // Releasing the mouse after a drag does not select another picture.
    assertThat(page.locator("fw-live-view .quiet")).hasCount(0);

    for (int i = 0; i < 8; i++) {
      page.mouse().wheel(0, 200);
    }
    assertThat(axis.first()).hasText("08:00:00");
    assertThat(axis.last()).hasText("10:29:50");
    assertThat(page.locator("fw-lanes svg")).hasAccessibleName("Answers, 2 changes");
    page.mouse().wheel(0, -200);
    assertThat(axis.first()).not().hasText("08:00:00");
    assertThat(axis.last()).not().hasText("10:29:50");
  }

  private static void keys(ConsolePage console, Locator axis) {
    Page page = console.page();
    Locator slider = page.getByLabel("Time in the video");
    slider.focus();
    page.keyboard().press("End");
    assertThat(axis.first()).hasText("09:29:50");
    page.keyboard().press("ArrowLeft");
    page.keyboard().press("ArrowLeft");
    assertThat(slider).hasAttribute("aria-valuetext", "10:29:46");
    assertThat(console.currentAnswer()).hasAttribute("data-seq", String.valueOf(ANSWERS - 2));
    page.keyboard().press("ArrowRight");
    assertThat(console.currentAnswer()).hasAttribute("data-seq", String.valueOf(ANSWERS - 1));
    page.keyboard().press("Shift+ArrowLeft");
    assertThat(axis.first()).hasText("09:14:50");
    page.keyboard().press("+");
    assertThat(axis.first()).hasText("09:20:50");
    page.keyboard().press("Home");
    assertThat(axis.first()).hasText("08:00:00");
    assertThat(axis.last()).hasText("08:48:00");
    page.keyboard().press("End");
    assertThat(axis).hasText(new String[] {"09:29:50", "09:59:50", "10:29:50"});
    console.picture("live-timeline-keys");
  }

  /**
   * Seen: after a restart of the service, answers of the same run were at the beginning of the
   * timeline, because their times count from the first picture after it.
   */
  @Test
  void timesRiseWhenARunResumes() {
    ConsolePage console = browser.open(service, new NewContextOptions().setTimezoneId("UTC"));
    Page page = console.page();
    String id =
        service
            .post("/sessions", Map.of("url", "rtsp://127.0.0.1:1/yard"))
            .path("session_id")
            .asText();
    ManyAnswers.serve(
        page,
        service.get("/sessions/" + id),
        2 * BEFORE,
        session -> session.put("status", "stopped"),
        LiveTimelinesShowTheLastHourTest::resumed);
    page.navigate(service.address() + "/console/#/session/" + id);
    assertThat(console.answers()).hasCount(2 * BEFORE);
    assertThat(page.locator("fw-lanes .axis span"))
        .hasText(new String[] {"08:00:00", "08:01:39", "08:03:18"});
    assertThat(console.answers().nth(BEFORE - 1)).containsText("1:18");
    assertThat(console.answers().nth(BEFORE)).containsText("2:00");
    assertThat(console.answers().last()).containsText("3:18");
    BoundingBox box = box(page);
    page.mouse().click(box.x + box.width * 0.9, box.y + box.height / 2);
    assertThat(page.locator("fw-lanes .tip")).containsText("after the restart");
    assertThat(console.currentAnswer()).containsText("after the restart");
    page.mouse().move(box.x + box.width / 2, box.y + box.height / 2);
    assertThat(page.locator("fw-lanes .tip")).containsText("No answer here");
    assertThat(console.faults()).isEmpty();
  }

  /** The service restarted two minutes after the first answer. */
  private static void resumed(ObjectNode result, int seq) {
    complete(result, seq);
    if (seq > BEFORE) {
      complete(result, seq - BEFORE);
      Instant at = BEGAN.plusSeconds(120 + (seq - BEFORE - 1) * (long) EVERY_SECONDS);
      result.put("at", at.toString()).put("result", "after the restart");
    }
  }

  private static BoundingBox box(Page page) {
    return Objects.requireNonNull(page.locator("fw-lanes .surface").first().boundingBox());
  }

  private static Pattern time(String begins) {
    return Pattern.compile("^" + begins + ":\\d\\d$");
  }

  private static void complete(ObjectNode result, int seq) {
    int start = (seq - 1) * EVERY_SECONDS;
    String said = List.of("No people detected.", "2 people.", "3 people.").get((seq - 1) / 1800);
    result.put("result", said).put("at", BEGAN.plus(Duration.ofSeconds(start)).toString());
    result.put("inference_latency_ms", 0).put("total_latency_ms", 0);
    result
        .putObject("clip")
        .put("index", seq - 1)
        .put("start_seconds", start)
        .put("end_seconds", start)
        .put("frames", 1);
  }
}
