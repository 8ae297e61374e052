package framewise.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import framewise.e2e.OpenAiServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A question is changed while an answer to it is being written. */
class QuestionsChangeDuringAnswersTest {
  /** Returns the numbers of the displayed answers, each with the heading above it. */
  private static final String HEADINGS =
      """
      rows => {
        let heading = '';
        return rows.flatMap((row) => {
          if (row.matches('.prompt')) {
            heading = row.textContent.trim().replace(/^Question\\s*:?\\s*/, '');
            return [];
          }
          return [`${row.dataset.seq} ${heading}`];
        });
      }""";

  @RegisterExtension static final OpenAiServer openai = new OpenAiServer();
  @RegisterExtension static final JarService service = JarService.with(openai.settings());
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  /**
   * Seen: the answer was listed under the new question while the page was open, and under the old
   * one after a reload.
   */
  @Test
  void eachAnswerIsUnderItsOwnQuestionLiveAndAfterAReload() {
    ConsolePage console = browser.open(service);
    Page page = console.page();
    console.upload(DrawnClip.saying("EXIT 42", 60, folder));
    openai.hold();
    console.start("Count the people");
    Locator growing = page.locator("li.growing");
    assertThat(growing.first()).isVisible();

    console.prompt().fill("How many boxes are there?");
    console.apply();
    String id = console.sessionId();
    int changed = service.get("/sessions/" + id).path("last_seq").asInt();
    openai.release();
    assertThat(console.answers().nth(5)).isAttached();
    console.button("Stop").click();
    assertThat(console.note("Stopped")).isVisible();

    Map<Integer, String> asked = asked(id);
    assertThat(asked.entrySet())
        .as("an answer to the old question came after the change")
        .anySatisfy(
            answer -> {
              assertThat(answer.getKey()).isGreaterThan(changed);
              assertThat(answer.getValue()).isEqualTo("Count the people");
            });
    assertThat(asked).containsValue("How many boxes are there?");
    List<String> expected =
        asked.entrySet().stream().map(one -> one.getKey() + " " + one.getValue()).toList();
    assertThat(headings(page)).containsExactlyInAnyOrderElementsOf(expected);
    console.picture("question-changed");
    page.reload();
    assertThat(console.answers()).hasCount(asked.size());
    assertThat(headings(page)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(page.locator("li.prompt")).hasCount(2);

    whatWasSent(console);
    assertThat(console.faults()).isEmpty();
  }

  /** Seen: the details of the request opened below the visible area. */
  private static void whatWasSent(ConsolePage console) {
    Locator last = console.answers().last();
    last.locator(".details > summary").click();
    Locator sent = last.locator("fw-result-details details");
    sent.locator("summary").click();
    assertThat(sent.locator("img")).isInViewport();
    assertThat(sent.locator("summary")).isInViewport();
    console.picture("what-was-sent");
  }

  private static List<String> headings(Page page) {
    Object found =
        page.locator("fw-results-list li.prompt, fw-results-list li.result").evaluateAll(HEADINGS);
    return found instanceof List<?> rows ? rows.stream().map(String::valueOf).toList() : List.of();
  }

  /** The prompt of each stored answer, by its number. */
  private static Map<Integer, String> asked(String id) {
    Map<Integer, String> asked = new TreeMap<>();
    for (JsonNode result : service.get("/sessions/" + id + "/results?limit=1000").get("results")) {
      asked.put(result.path("seq").asInt(), result.path("prompt").asText());
    }
    return asked;
  }
}
