package framewise.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
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

/** Seen: sticky headings overlapped and cut text in half; the button "Follow" covered answers. */
class NothingCoversTheAnswersTest {
  /** Scrolls through the list; returns the rows that are partly covered by something else. */
  private static final String COVERED =
      """
      async () => {
        const shadow = (root, name) => root.querySelector(name).shadowRoot;
        const workspace = shadow(shadow(document, 'fw-app'), 'fw-workspace');
        const list = shadow(workspace, 'fw-results-list');
        const own = list.querySelector('.scroll');
        const phone = getComputedStyle(own).overflowY === 'visible';
        const scroller = phone ? workspace.host : own;
        const covered = new Set();
        let seen = 0;
        for (let i = 0; i <= 20; i++) {
          scroller.scrollTop = (i / 20) * (scroller.scrollHeight - scroller.clientHeight);
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
          const view = scroller.getBoundingClientRect();
          for (const row of list.querySelectorAll('li')) {
            const box = row.getBoundingClientRect();
            const top = Math.max(box.top, view.top) + 2;
            const bottom = Math.min(box.bottom, view.bottom, innerHeight) - 2;
            if (bottom - top < 4 || box.height === 0) continue;
            seen++;
            for (const y of [top, (top + bottom) / 2, bottom]) {
              const there = list.elementFromPoint(box.left + box.width / 2, y)?.closest('li');
              if (there !== row) {
                covered.add(`${row.className} ${row.textContent.trim().slice(0, 40)} at ${i}: ${there?.className}`);
              }
            }
          }
        }
        return [seen > 40 ? 'seen' : `only ${seen} rows`, ...covered];
      }""";

  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  /** Seen: the details of the last answer opened below the end of the list, out of sight. */
  @Test
  void detailsOfTheLastAnswerOpenInSight() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 30, folder));
    console.answerAsFastAsItGoes();
    console.start("Read any visible text");
    assertThat(console.button("Start again")).isVisible();
    Locator last = console.answers().last();
    last.locator("summary").click();
    assertThat(last.locator("fw-result-details"))
        .isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(0.95));
    console.picture("last-details");
    assertThat(console.faults()).isEmpty();
  }

  @Test
  void atAnyScrollPosition() {
    ConsolePage desk = browser.open(service);
    desk.upload(DrawnClip.saying("EXIT 42", 60, folder));
    String id = desk.sessionId();
    desk.start("Read any visible text");
    assertThat(desk.answers().nth(4)).isAttached();
    desk.prompt().fill("Count the people");
    desk.apply();
    assertThat(desk.page().locator("li.prompt")).hasCount(2);
    assertThat(desk.answers().nth(18)).isAttached();

    Page page = desk.page();
    desk.answers().nth(2).hover();
    page.mouse().wheel(0, -2000);
    Locator follow = page.locator("fw-results-list .follow");
    assertThat(follow).isVisible();
    desk.picture("follow");
    assertThat(page.evaluate(COVERED)).isEqualTo(List.of("seen"));
    page.locator("fw-results-list .scroll").evaluate("list => list.scrollTop = 0");
    assertThat(follow).isVisible();
    follow.click();
    assertThat(follow).hasCount(0);
    assertThat(desk.answers().last()).isInViewport();

    ConsolePage phone = browser.openOnAPhone(service);
    phone.page().navigate(service.address() + "/console/#/session/" + id);
    assertThat(phone.answers().nth(18)).isAttached();
    assertThat(phone.page().evaluate(COVERED)).isEqualTo(List.of("seen"));
    phone.picture("phone-scrolled");
    desk.button("Stop").click();
    assertThat(desk.faults()).isEmpty();
  }
}
