package framewise.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The console as a person uses it: by what is written on it. */
final class ConsolePage {
  private static final Path PICTURES = Path.of("target", "screenshots");

  private final Page page;
  private final List<String> faults = new ArrayList<>();

  ConsolePage(Page page) {
    this.page = page;
    page.onPageError(faults::add);
    page.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")) {
            faults.add(message.text());
          }
        });
  }

  void goTo(String address) {
    page.navigate(address + "/console/");
    assertThat(connection()).hasText("Connected");
  }

  Page page() {
    return page;
  }

  /** The session that is open. */
  String sessionId() {
    return page.url().replaceAll(".*#/session/", "");
  }

  /** Errors of its scripts, and what the content security policy refused. */
  List<String> faults() {
    return faults;
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator prompt() {
    return page.locator("#prompt");
  }

  Locator answers() {
    return page.locator("li.result");
  }

  /** Answers that say exactly this. */
  Locator answers(String words) {
    var said = page.getByText(words, new Page.GetByTextOptions().setExact(true));
    return answers().filter(new Locator.FilterOptions().setHas(said));
  }

  /** Has what was changed asked from the next clip on, and waits until the service does. */
  void apply() {
    button("Apply from the next clip").click();
    assertThat(page.locator("fw-how-asked button.main")).hasCount(0);
  }

  /** A line of the list that is no answer: what happened to the session. */
  Locator note(String words) {
    return page.locator("li.note", new Page.LocatorOptions().setHasText(words));
  }

  Locator currentAnswer() {
    return page.locator("li.result.current");
  }

  Locator connection() {
    return page.getByTestId("connection");
  }

  Locator time() {
    return page.getByTestId("time");
  }

  Locator problem() {
    return page.getByRole(AriaRole.ALERT);
  }

  /** Chooses a file and waits until it is on the screen, ready to be asked. */
  void upload(Path file) {
    choose(file);
    assertThat(prompt()).isVisible();
  }

  void choose(Path file) {
    page.locator("input[type=file]").setInputFiles(file);
  }

  /** Asks a ready-made question and waits for the first answer. */
  void start(String preset) {
    button(preset).click();
    page.getByRole(
            AriaRole.BUTTON,
            new Page.GetByRoleOptions().setName(Pattern.compile("^Start( again)?$")))
        .click();
    assertThat(button("Stop")).isVisible();
  }

  /** Waits for an answer that says exactly this. */
  void expectAnswer(String words) {
    assertThat(answers(words).first()).isVisible();
  }

  /** Chooses the pace at which no clip is dropped, however busy the machine. */
  void answerAsFastAsItGoes() {
    openAsking();
    page.getByLabel("As fast as it goes").check();
  }

  /** Opens the panel that says who answers and which pictures are looked at. */
  void openAsking() {
    page.locator("fw-how-asked > details > summary").click();
  }

  /** The number of every answer on the screen, in its order. */
  List<Integer> answerNumbers() {
    return answers().evaluateAll("rows => rows.map(row => row.dataset.seq)") instanceof List<?> seqs
        ? seqs.stream().map(seq -> Integer.parseInt(String.valueOf(seq))).toList()
        : List.of();
  }

  /** What of the screen keeps somebody out, by the rules of WCAG 2.1, level AA. */
  List<String> barriers() {
    // The builder's own analysis opens a page more each time, and lists what is right as well.
    if (Boolean.FALSE.equals(page.evaluate("'axe' in window"))) {
      page.evaluate(AxeBuilder.getAxeScript());
    }
    Object found =
        page.evaluate(
            """
            async () => {
              const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
              const { violations } = await axe.run({
                runOnly: { type: 'tag', values: tags },
                resultTypes: ['violations'],
              });
              return violations.flatMap(({ id, nodes }) =>
                nodes.map((node) => `${id}: ${node.html}: ${node.failureSummary}`));
            }""");
    return found instanceof List<?> barriers
        ? barriers.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** Keeps what is on the screen as a picture. */
  void picture(String name) {
    picture(page, name);
  }

  static void picture(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
  }
}
