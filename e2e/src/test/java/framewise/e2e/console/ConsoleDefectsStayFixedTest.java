package framewise.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Walks through the console, each after a defect; the comments say what was seen. */
class ConsoleDefectsStayFixedTest {
  private static final String READ = "Read any visible text";
  private static final String COUNT = "Count the people";

  @RegisterExtension
  static final JarService service = JarService.with(Map.of("FRAMEWISE_URL_SOURCES", "any"));

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  /**
   * Seen: after asking A, B and A again and a reload, all answers of the last run were listed under
   * B; ten answers a second were ten rows with the time "0:00"; a skip link was missing.
   */
  @Test
  void answersAreUnderTheirOwnQuestion() {
    ConsolePage console = browser.open(service);
    console.page().keyboard().press("Tab");
    assertThat(console.button("Skip to content")).isFocused();
    console.page().keyboard().press("Enter");
    assertThat(console.page().locator("main")).isFocused();

    console.upload(DrawnClip.saying("EXIT 42", 2, folder));
    String id = console.sessionId();
    Locator headings = console.page().locator("li.prompt");
    run(id, READ, 1);
    run(id, COUNT, 1);
    run(id, READ, 0.1);
    for (int i = 0; i < 2; i++) {
      console.page().reload();
      assertThat(headings).hasCount(3);
      assertThat(headings.nth(0)).containsText(READ);
      assertThat(headings.nth(1)).containsText(COUNT);
      assertThat(headings.nth(2)).containsText(READ);
      assertThat(console.page().locator("li.run")).hasCount(3);
      assertThat(console.page().locator("fw-lanes .rule")).hasCount(2);
      timesRise(console);
    }
    console.picture("runs");
    assertThat(console.answers().last().locator(".at")).hasText(Pattern.compile("0:01\\.9"));
  }

  /** Seen: times out of order, such as 0:00, 0:20, 0:13, 0:23. */
  private static void timesRise(ConsolePage console) {
    Object falls =
        console
            .page()
            .locator("li.run, li.result .at")
            .evaluateAll(
                """
                (rows) => {
                  let last = -1;
                  return rows.flatMap((row) => {
                    const [minutes, seconds] = row.textContent.trim().split(':').map(Number);
                    const at = row.matches('.run') ? -1 : minutes * 60 + seconds;
                    const falls = at !== -1 && at < last ? [row.textContent] : [];
                    last = at;
                    return falls;
                  });
                }""");
    assertThat(falls).isEqualTo(List.of());
  }

  /**
   * Seen: user and password of the first host were sent to the second; an unreachable camera was
   * shown as "Live", and each attempt to connect had its own line.
   */
  @Test
  void credentialsStayWithTheirHostAndALostCameraHasOneState() {
    ConsolePage console = browser.open(service);
    Locator url = console.page().locator("#url");
    url.fill("rtsp://ada:secret@127.0.0.1:1/a");
    assertThat(url).hasValue("rtsp://127.0.0.1:1/a");
    assertThat(console.page().getByLabel("User")).hasValue("ada");
    url.fill("rtsp://127.0.0.2:1/a");
    assertThat(console.page().getByText("were removed because the address changed")).isVisible();
    assertThat(console.page().getByLabel("User")).hasValue("");
    console.button("Add").click();
    assertThat(console.prompt()).isVisible();
    String id = console.sessionId();
    assertThat(service.get("/sessions/" + id).at("/source/url").asText())
        .isEqualTo("rtsp://127.0.0.2:1/a");

    console.start(READ);
    oneState(console);
    Locator attempts = console.note("127.0.0.2:1 refuses connections");
    assertThat(attempts).hasCount(1);
    // Seen: a countdown in the list that did not count.
    assertThat(attempts).not().containsText("Trying again in");
    long first = service.get("/sessions/" + id).path("last_seq").asLong();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> service.get("/sessions/" + id).path("last_seq").asLong() > first);
    assertThat(attempts).hasCount(1);
    console.button("Stop").click();
  }

  /** Seen: "The sender reconnected." was shown as a trouble until the next answer. */
  @Test
  void aReconnectionEndsTheTrouble() {
    ConsolePage console = browser.open(service);
    String troubleAfter =
        "async (detail) => (await import('/console/session/event-log.js'))"
            + ".troubleOf({ detail }, 'The connection broke.')";
    for (String notice : List.of("The sender reconnected.", "The video is back.")) {
      assertThat(console.page().evaluate(troubleAfter, notice)).as(notice).isEqualTo("");
    }
  }

  /** Seen: a green "Live", "No connection yet" and "Waiting" at the same time. */
  private static void oneState(ConsolePage console) {
    Page page = console.page();
    assertThat(console.connection()).hasText("No connection");
    Locator row =
        page.locator("fw-sessions-list li", new Page.LocatorOptions().setHasText("127.0.0.2:1/a"));
    assertThat(row.locator(".status")).hasText("No connection");
    assertThat(page.locator("fw-live-view .badge")).hasText("No connection");
    Locator placeholder = page.locator("fw-live-view .placeholder");
    assertThat(placeholder.locator("strong")).hasText("No connection");
    assertThat(page.locator("fw-bar h1")).hasText("127.0.0.2:1/a");
    assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true))).hasCount(0);
    Pattern wait = Pattern.compile("Trying again in \\d+ s");
    assertThat(placeholder).containsText(wait);
    String before = placeholder.textContent();
    assertThat(placeholder).not().hasText(before);
    assertThat(ConsolePage.barriersOfAnyLevel(page)).isEmpty();
    console.picture("camera-refused");
  }

  /**
   * Seen: dropping a second file cancelled the first; the same error about an empty file appeared
   * three times, and was still shown during the next task; the preview's player reported 20 errors.
   */
  @Test
  void filesUploadInTurnAndErrorsLeaveWithTheirTask() throws IOException {
    ConsolePage console = browser.open(service);
    List<String> errors = new ArrayList<>();
    console
        .page()
        .onConsoleMessage(
            message -> {
              if (message.type().equals("error")) {
                errors.add(message.text());
              }
            });
    console.choose(Files.createFile(folder.resolve("nothing.mp4")));
    assertThat(console.problem()).containsText("This file is empty");
    assertThat(console.problem().locator("li")).hasCount(0);
    console.page().keyboard().press("l");
    assertThat(console.problem()).hasCount(0);

    Path clip = DrawnClip.saying("DOCK 3", 2, folder);
    console
        .page()
        .evaluate(
            """
            (base64) => {
              const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
              const data = new DataTransfer();
              data.items.add(new File([bytes], 'first.mp4'));
              data.items.add(new File([bytes], 'second.mp4'));
              dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
            }""",
            Base64.getEncoder().encodeToString(Files.readAllBytes(clip)));
    for (String name : List.of("first.mp4", "second.mp4")) {
      assertThat(
              console
                  .page()
                  .locator("fw-sessions-list li", new Page.LocatorOptions().setHasText(name)))
          .isVisible();
    }
    assertThat(errors).isEmpty();
  }

  /** Seen: hidden labels of further questions made the page longer than the window. */
  @Test
  void furtherQuestionsDoNotMakeThePageLonger() {
    ConsolePage console = browser.open(service, new NewContextOptions().setViewportSize(1280, 800));
    console.upload(DrawnClip.saying("EXIT 42", 2, folder));
    for (int i = 0; i < 3; i++) {
      console.button("Ask another question").click();
    }
    assertThat(
            console
                .page()
                .evaluate("() => document.documentElement.scrollHeight - window.innerHeight"))
        .isEqualTo(0);
  }

  /** Seen: a second drop during an upload cancelled the first. */
  @Test
  void aFileDroppedDuringAnUploadWaits() throws IOException {
    ConsolePage console = browser.open(service);
    Page page = console.page();
    Deque<Route> uploads = new ConcurrentLinkedDeque<>();
    page.route("**/upload-video", uploads::add);
    String clip = base64(DrawnClip.saying("DOCK 3", 2, folder));
    drop(page, clip, "early.mp4");
    page.waitForCondition(() -> uploads.size() == 1);
    // A refused file has no effect on the others.
    drop(page, "", "empty.mp4");
    assertThat(console.problem()).containsText("This file is empty");
    drop(page, clip, "late.mp4");
    Locator rows = page.locator("fw-sessions-list .uploading");
    assertThat(rows).containsText(new String[] {"early.mp4", "late.mp4"});
    assertThat(rows.first()).containsText("Uploading");
    assertThat(rows.last()).containsText("Waiting");
    assertThat(page.locator("fw-upload-progress")).containsText("early.mp4");
    assertThat(ConsolePage.barriersOfAnyLevel(page)).isEmpty();
    console.picture("upload-queue");
    assertThat(uploads).hasSize(1);
    // Seen: during an upload, the pages of live sessions, watches and the service could not be
    // reached.
    page.keyboard().press("l");
    assertThat(page.locator("fw-live-grid h1")).isVisible();
    console.button("Add video").click();
    assertThat(page.locator("fw-upload-progress")).containsText("early.mp4");

    uploads.removeFirst().resume();
    page.waitForCondition(() -> uploads.size() == 1);
    assertThat(row(page, "early.mp4")).containsText("Ready");
    uploads.removeFirst().resume();
    assertThat(row(page, "late.mp4")).containsText("Ready");
    assertThat(row(page, "early.mp4")).containsText("Ready");
    assertThat(console.faults()).isEmpty();
  }

  private static Locator row(Page page, String name) {
    return page.locator("fw-sessions-list li", new Page.LocatorOptions().setHasText(name));
  }

  private static String base64(Path file) throws IOException {
    return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
  }

  private static void drop(Page page, String base64, String name) {
    page.evaluate(
        """
        ([base64, name]) => {
          const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
          const data = new DataTransfer();
          data.items.add(new File([bytes], name));
          dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
        }""",
        List.of(base64, name));
  }

  /**
   * Seen: a separate scroll area below a fixed picture, and a page that could be dragged sideways.
   */
  @Test
  void aPhoneScrollsInOneDirection() {
    ConsolePage console = browser.openOnAPhone(service);
    console.upload(DrawnClip.saying("EXIT 42", 3, folder));
    String id = console.sessionId();
    run(id, READ, 0.1);
    console.page().reload();
    assertThat(console.answers().first()).isAttached();
    Object scrollers =
        console
            .page()
            .evaluate(
                """
                () => {
                  const found = [];
                  const walk = (root) => root.querySelectorAll('*').forEach((e) => {
                    const { overflowY } = getComputedStyle(e);
                    if (/auto|scroll/.test(overflowY) && e.scrollHeight > e.clientHeight + 1) {
                      found.push(`${e.localName}.${e.className}`);
                    }
                    if (e.getBoundingClientRect().right > innerWidth + 1 && e.localName === 'button'
                        && !e.closest('.presets, [role=group]')) {
                      found.push(`off the edge: ${e.localName}.${e.className}`);
                    }
                    if (e.shadowRoot) {
                      walk(e.shadowRoot);
                    }
                  });
                  walk(document);
                  return found;
                }""");
    assertThat(scrollers).isEqualTo(List.of("fw-workspace."));
    // Seen: visually hidden text made the page longer than the screen.
    assertThat(
            console
                .page()
                .evaluate(
                    "() => { const { scrollHeight, scrollWidth } = document.documentElement;"
                        + " return scrollHeight <= innerHeight && scrollWidth <= innerWidth; }"))
        .isEqualTo(true);
    assertThat(console.page().locator("fw-bar h1")).isVisible();
    console.picture("phone-findings");
  }

  private static void run(String id, String prompt, double every) {
    service.post(
        "/start-stream/" + id, Map.of("prompt", prompt, "pace", "fast", "delay_seconds", every));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> service.get("/sessions/" + id).path("status").asText().equals("finished"));
  }
}
