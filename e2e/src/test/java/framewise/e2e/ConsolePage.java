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

/** The console as a person uses it, by its visible text. */
public final class ConsolePage {
  private static final Path PICTURES = Path.of("target", "screenshots");

  private final Page page;
  private final List<String> faults = new ArrayList<>();

  public ConsolePage(Page page) {
    this.page = page;
    // Show every answer, because tests count them; folding repeated answers has its own test.
    page.addInitScript(
        "if (!localStorage.getItem('framewise.fold')) localStorage.setItem('framewise.fold',"
            + " 'off')");
    page.onPageError(faults::add);
    page.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")) {
            faults.add(message.text());
          }
        });
  }

  public void goTo(String address) {
    goTo(address, "Connected");
  }

  /**
   * Opens the console and waits until it has reached the service.
   *
   * @param connected the page's text once it is connected, in the page's language
   */
  public void goTo(String address, String connected) {
    page.navigate(address + "/console/");
    assertThat(connection()).hasText(connected);
  }

  public Page page() {
    return page;
  }

  /** Id of the open session. */
  public String sessionId() {
    return page.url().replaceAll(".*#/session/", "");
  }

  /** Script errors, and violations of the content security policy. */
  public List<String> faults() {
    return faults;
  }

  public Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  public Locator prompt() {
    return page.locator("#prompt");
  }

  public Locator answers() {
    return page.locator("li.result");
  }

  /** Answers with exactly this text. */
  public Locator answers(String words) {
    var said = page.getByText(words, new Page.GetByTextOptions().setExact(true));
    return answers().filter(new Locator.FilterOptions().setHas(said));
  }

  /**
   * Applies the changes to the next clip and later ones, and waits until the service has done so.
   */
  public void apply() {
    button("Apply").click();
    assertThat(button("Discard")).hasCount(0);
  }

  /** The line in the list of answers that reports an event of the session. */
  public Locator note(String words) {
    return page.locator("li.note", new Page.LocatorOptions().setHasText(words));
  }

  public Locator currentAnswer() {
    return page.locator("li.result.current");
  }

  public Locator connection() {
    return page.getByTestId("connection");
  }

  public Locator time() {
    return page.getByTestId("time");
  }

  public Locator problem() {
    return page.getByRole(AriaRole.ALERT);
  }

  /** Uploads a file and waits until its video is shown, ready for a prompt. */
  public void upload(Path file) {
    choose(file);
    assertThat(prompt()).isVisible();
  }

  public void choose(Path file) {
    page.locator("input[type=file]").setInputFiles(file);
  }

  /** Starts with one of the suggested prompts and waits for the first answer. */
  public void start(String preset) {
    button(preset).click();
    page.getByRole(
            AriaRole.BUTTON,
            new Page.GetByRoleOptions().setName(Pattern.compile("^Start( again)?$")))
        .click();
    assertThat(button("Stop")).isVisible();
  }

  /** Waits for an answer with exactly this text. */
  public void expectAnswer(String words) {
    assertThat(answers(words).first()).isVisible();
  }

  /** Selects the pace "As fast as possible", which drops no clip however busy the machine. */
  public void answerAsFastAsItGoes() {
    openAsking();
    page.getByLabel("As fast as possible").check();
  }

  /** Opens the panel for the model and the sampling. */
  public void openAsking() {
    page.locator("fw-how-asked > details > summary").click();
  }

  /** Numbers of all answers on the screen, in order. */
  public List<Integer> answerNumbers() {
    return answers().evaluateAll("rows => rows.map(row => row.dataset.seq)") instanceof List<?> seqs
        ? seqs.stream().map(seq -> Integer.parseInt(String.valueOf(seq))).toList()
        : List.of();
  }

  /** Accessibility violations on the screen, by WCAG 2.1, level AA. */
  public List<String> barriers() {
    return barriers(page, "{ type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }");
  }

  /** Violations of any rule of axe-core, including best practices. */
  public static List<String> barriersOfAnyLevel(Page page) {
    return barriers(page, "undefined");
  }

  private static List<String> barriers(Page page, String rules) {
    // Playwright's own wrapper of axe opens another page for each analysis, and also lists the
    // rules that passed.
    if (Boolean.FALSE.equals(page.evaluate("'axe' in window"))) {
      page.evaluate(AxeBuilder.getAxeScript());
    }
    Object found =
        page.evaluate(
            """
            async () => {
              const { violations } = await axe.run({
                runOnly: %s,
                resultTypes: ['violations'],
              });
              return violations.flatMap(({ id, nodes }) =>
                nodes.map((node) => `${id}: ${node.html}: ${node.failureSummary}`));
            }\
            """
                .formatted(rules));
    return found instanceof List<?> barriers
        ? barriers.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** Saves a screenshot. */
  public void picture(String name) {
    picture(page, name);
  }

  public static void picture(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
  }
}
