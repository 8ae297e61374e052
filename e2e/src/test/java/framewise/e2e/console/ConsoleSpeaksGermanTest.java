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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each language has one file of texts; the browser's language applies unless the settings change
 * it.
 */
class ConsoleSpeaksGermanTest {
  private static final Path TEXTS =
      Path.of(
          System.getProperty("framewise.root", ".."),
          "console/src/main/resources/console/messages");

  /** Puts marks around each text from the file of messages. */
  private static final String MARKED =
      """
      import { de as real } from './de.js?real';
      const mark = (text) => `⟦${text}⟧`;
      export const de = Object.fromEntries(
        Object.entries(real).map(([key, text]) => [
          key,
          typeof text === 'string' ? mark(text) : { one: mark(text.one), other: mark(text.other) },
        ]),
      );
      """;

  /** Finds all words outside the marks, in the page's texts and in texts for screen readers. */
  private static final String UNMARKED =
      """
      () => {
        const found = new Set();
        const keep = (where, text) => {
          let depth = 0;
          let rest = '';
          for (const c of text) {
            depth += c === '⟦' ? 1 : c === '⟧' ? -1 : 0;
            rest += depth === 0 && c !== '⟧' ? c : '';
          }
          if (/\\p{L}{2}/u.test(rest)) {
            found.add(`${where}: ${rest.replace(/\\s+/g, ' ').trim()}`);
          }
        };
        const walk = (root) => root.querySelectorAll('*').forEach((e) => {
          if (e.matches('style, script, noscript, code, kbd, [lang]:not(html)')) {
            return;
          }
          for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext']) {
            keep(`${e.localName}[${name}]`, e.getAttribute(name) ?? '');
          }
          e.childNodes.forEach((n) => n.nodeType === Node.TEXT_NODE && keep(e.localName, n.data));
          if (e.shadowRoot) {
            walk(e.shadowRoot);
          }
        });
        walk(document.body);
        return [...found];
      }\
      """;

  /** Texts that need no translation: units, names, and what the test typed or the model read. */
  private static final Pattern NO_TEXT =
      Pattern.compile(
          "[^:]+: (?:Framewise( [0-9.]+)?( ·)?|[\\d.,:·×–"
              + " ]*((ms|s|min|h|fps|MB|GB|KB|H\\.264|p95)[\\d.,:·×– ]*)+"
              + "|Overshoot|Gemini|OpenAI|Anthropic|Mistral|vLLM-Omni|\\.zip|openapi\\.yaml|English|Deutsch|jsonl|csv|vtt|srt|.*\\.mp4("
              + " – Framewise)?|.*EXIT 42.*|(, )?(Schild|Kopie)(: Read any visible"
              + " text|,)?|(https?|rtsp)://\\S+|.*_(KEY|URL) must be provided.*|\\{\"type\":"
              + " \"object\".*|(Schild|Kopie) ·|· framewise-builtin-1|(GET|POST|PATCH|DELETE)"
              + " /.*|read, count, detect.*|EXIT|local)");

  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void bothLanguagesHaveTheSameKeys() throws IOException {
    String english = Files.readString(TEXTS.resolve("en.js"));
    String german = Files.readString(TEXTS.resolve("de.js"));
    assertThat(keys(german)).isEqualTo(keys(english)).hasSizeGreaterThan(500);
    assertThat(german).doesNotContain(" du ", " dein", "Dein", " Du ");
    for (String key : keys(english)) {
      assertThat(placeholders(german, key)).as(key).isEqualTo(placeholders(english, key));
    }
  }

  /** The browser's language applies first; a change in the settings is remembered. */
  @Test
  void theBrowserDecidesUntilTheSettingIsChanged() {
    ConsolePage console = german();
    Page page = console.page();
    assertThat(console.button("Video hinzufügen")).isVisible();
    assertThat(page.locator("html")).hasAttribute("lang", "de");
    assertThat(page.getByText("Video hier ablegen")).isVisible();
    console.picture("german-empty");

    console.button("Einstellungen").click();
    page.getByLabel("English", new Page.GetByLabelOptions().setExact(true)).click();
    assertThat(console.button("Add video")).isVisible();
    page.reload();
    assertThat(console.button("Add video")).isVisible();
    assertThat(page.locator("html")).hasAttribute("lang", "en");
    console.button("Settings").click();
    page.getByLabel("Match browser", new Page.GetByLabelOptions().setExact(true)).click();
    assertThat(console.button("Video hinzufügen")).isVisible();

    page.navigate(service.address() + "/sign-in/?next=/console/");
    assertThat(page).hasURL(Pattern.compile("/console/"));
  }

  /** All other languages fall back to English; numbers and dates follow the region. */
  @Test
  void otherLanguagesFallBackToEnglish() {
    ConsolePage console = browser.open(service, new NewContextOptions().setLocale("fr-FR"));
    assertThat(console.button("Add video")).isVisible();
  }

  /** Answers, times, sums and plurals in German. */
  @Test
  void aSessionInGerman() {
    ConsolePage console = german();
    Page page = console.page();
    console.choose(DrawnClip.saying("EXIT 42", 3, folder));
    assertThat(console.prompt()).isVisible();
    console.button("Lies den sichtbaren Text").click();
    console.button("Start").click();
    assertThat(console.note("Ende des Videos")).isVisible();
    console.expectAnswer("EXIT 42");
    assertThat(console.time()).containsText(Pattern.compile("0:0\\d,\\d"));
    assertThat(page.locator("fw-bar .title"))
        .containsText(Pattern.compile("\\d,\\d (MB|KB)|\\d+ KB"));
    assertThat(console.barriers()).isEmpty();
    console.picture("german-session");

    // Seen: below the answers, the button that follows them stood outside the window.
    page.setViewportSize(1280, 800);
    page.locator("[aria-label^='Einzelheiten']").first().click();
    assertThat(console.button("Folgen")).isVisible();
    Object outside =
        page.locator("fw-results-list .tools")
            .evaluate("tools => tools.scrollWidth - tools.clientWidth");
    assertThat(outside).isEqualTo(0);
  }

  /** Seen: the buttons of the dialog for watches made it wider than the screen. */
  @Test
  void aNewWatchFitsAPhone() {
    ConsolePage console =
        browser.open(
            service,
            new NewContextOptions()
                .setViewportSize(390, 844)
                .setIsMobile(true)
                .setHasTouch(true)
                .setLocale("de-DE"),
            "Verbunden");
    Page page = console.page();
    page.navigate(service.address() + "/console/#/watches");
    console.button("Neue Überwachung").click();
    Locator dialog = page.locator("fw-watch-dialog dialog");
    assertThat(dialog).isVisible();
    assertThat(dialog.evaluate("dialog => dialog.scrollWidth - dialog.clientWidth")).isEqualTo(0);
    console.picture("german-phone-watch");
  }

  /** Walks through the pages, with each text from the file of messages between marks. */
  @Test
  void everyTextComesFromTheMessages() {
    ConsolePage console = german();
    Page page = console.page();
    page.route(
        Pattern.compile("/messages/de\\.js$"),
        route ->
            route.fulfill(
                new Route.FulfillOptions().setContentType("text/javascript").setBody(MARKED)));
    console.choose(DrawnClip.saying("EXIT 42", 3, folder));
    assertThat(console.prompt()).isVisible();
    String id = console.sessionId();
    service.post(
        "/start-stream/" + id,
        Map.of(
            "prompts",
            List.of(
                Map.of("name", "Schild", "prompt", "Schild: Read any visible text"),
                Map.of("name", "Kopie", "prompt", "Kopie: Read any visible text")),
            "pace",
            "fast"));
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> service.get("/sessions/" + id).path("status").asText().equals("finished"));

    var words = new TreeSet<String>();
    for (String place :
        List.of(
            "",
            "live",
            "watches",
            "incidents",
            "endpoints",
            "service",
            "accounts",
            "audit",
            "session/" + id)) {
      page.navigate(service.address() + "/console/#/" + place);
      page.reload();
      assertThat(page.locator("fw-bar").getByText("⟦Alle live⟧")).isVisible();
      look(page, words);
    }
    open(page, words, "fw-how-asked summary");
    open(page, words, "fw-asking-panel details summary");
    open(page, words, "fw-asking-more details summary");
    open(page, words, "li.result summary, li.clip summary");
    open(page, words, "fw-results-head .download");
    page.keyboard().press("Escape");
    open(page, words, "fw-results-head button:has-text('Vergleichen')");
    page.keyboard().press("Escape");
    open(page, words, "fw-bar [aria-label*='Tasten']");
    page.keyboard().press("Escape");
    open(page, words, "fw-bar [aria-label*='Einstellungen']");
    page.keyboard().press("Escape");
    open(page, words, "fw-bar [aria-label*='Teilen']");
    page.keyboard().press("Escape");
    open(page, words, "fw-bar .search");
    page.keyboard().type("EXIT");
    assertThat(page.locator("fw-search-dialog [role=option]").first()).isVisible();
    look(page, words);
    assertThat(words).isEmpty();
    assertThat(console.faults()).isEmpty();
  }

  private static void open(Page page, Set<String> words, String selector) {
    Locator first = page.locator(selector).first();
    first.scrollIntoViewIfNeeded();
    first.click();
    look(page, words);
  }

  private static void look(Page page, Set<String> words) {
    page.waitForFunction(
        "() => !document.querySelector('fw-app').shadowRoot.querySelector('[aria-busy=true]')");
    if (page.evaluate(UNMARKED) instanceof List<?> found) {
      found.stream()
          .map(String::valueOf)
          .filter(word -> !NO_TEXT.matcher(word).matches())
          .forEach(words::add);
    }
  }

  private static ConsolePage german() {
    var page = browser.open(service, new NewContextOptions().setLocale("de-DE"), "Verbunden");
    page.page().setDefaultTimeout(30_000);
    return page;
  }

  private static Set<String> keys(String texts) {
    var keys = new TreeSet<String>();
    Pattern.compile("(?m)^  '([\\w.]+)':")
        .matcher(texts)
        .results()
        .forEach(found -> keys.add(found.group(1)));
    return keys;
  }

  private static Set<String> placeholders(String texts, String key) {
    int from = texts.indexOf("  '" + key + "':") + key.length() + 5;
    Matcher next = Pattern.compile("(?m)^  ['}]|^};").matcher(texts);
    int to = next.find(from) ? next.start() : texts.length();
    var found = new TreeSet<String>();
    Pattern.compile("\\{(\\w+)\\}")
        .matcher(texts.substring(from, to))
        .results()
        .map(MatchResult::group)
        .forEach(found::add);
    return found;
  }
}
