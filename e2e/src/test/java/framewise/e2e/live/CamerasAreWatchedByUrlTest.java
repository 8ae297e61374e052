package framewise.e2e.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.JarService;
import framewise.e2e.MjpegCamera;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A camera is added by URL, watched, asked about, stopped and started again. */
class CamerasAreWatchedByUrlTest {
  @RegisterExtension
  static final JarService service = JarService.with(Map.of("FRAMEWISE_URL_SOURCES", "any"));

  @RegisterExtension static final Browser browser = new Browser();

  private final MjpegCamera camera = MjpegCamera.lookingAt("EXIT 42", 10);

  @AfterEach
  void switchOff() {
    camera.close();
  }

  @Test
  void pictureAndAnswersAreShownWithoutThePassword() {
    ConsolePage console = browser.open(service);
    address(console).fill(camera.url());
    assertThat(address(console)).hasValue(camera.url().replace("me:hidden-word@", ""));
    assertThat(console.page().getByLabel("Password")).hasAttribute("type", "password");
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("add-url");
    console.button("Add").click();

    assertThat(console.page().getByText("Not connected")).isVisible();
    assertThat(console.page().locator("fw-sessions-list .chosen")).containsText("Ready");
    console.picture("url-before");
    console.start("Read any visible text");
    console.expectAnswer("EXIT 42");
    assertMoves(console);
    assertThat(console.page().locator("fw-live-view blockquote")).containsText("EXIT 42");
    assertThat(
            console
                .page()
                .getByRole(AriaRole.HEADING, named(camera.shownUrl().replace("http://***@", ""))))
        .isVisible();
    Assertions.assertThat(everything(console)).doesNotContain("hidden-word");
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("url-running");

    console.button("Count the people").click();
    console.button("Apply").click();
    console.expectAnswer("No people detected.");

    console.button("Stop").click();
    assertThat(console.note("Stopped")).isVisible();
    assertThat(preview(console)).hasCount(0);
    console.button("Start again").click();
    assertMoves(console);
    console.page().reload();
    assertMoves(console);
    console.button("Stop").click();
    Assertions.assertThat(console.faults()).isEmpty();
  }

  @Test
  void aPasswordThatMakesTheUrlInvalidIsHiddenToo() {
    ConsolePage console = browser.open(service);
    for (String password : new String[] {"p#hidden", "p/hidden", "p?hidden@x", "7#hidden"}) {
      address(console).fill("rtsp://me:" + password + "@camera.example/cam");
      assertThat(address(console)).hasValue("rtsp://camera.example/cam");
      assertThat(console.page().getByLabel("User")).hasValue("me");
      assertThat(console.page().getByLabel("Password")).hasValue(password);
    }
    Assertions.assertThat(console.faults()).isEmpty();
  }

  @Test
  void camerasOfOneNetworkAreDistinguishable() {
    ConsolePage console = browser.open(service);
    for (int channel = 1; channel <= 2; channel++) {
      String camera = "192.0.2.2:18554/cam/realmonitor?channel=%d&subtype=0".formatted(channel);
      address(console).fill("rtsp://me:pw@" + camera);
      address(console).press("Enter");
      Locator name = console.page().locator("fw-sessions-list .chosen .name");
      assertThat(name).hasAttribute("title", "rtsp://***@" + camera);
      assertThat(name).hasText(Pattern.compile("^192\\.0\\.2\\.2:18554.*channel=" + channel));
      Assertions.assertThat(name.evaluate("name => name.scrollWidth <= name.clientWidth"))
          .isEqualTo(true);
      console.page().navigate(console.page().url().replaceAll("#.*", "#/"));
    }
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("url-list");
    Assertions.assertThat(console.faults()).isEmpty();
  }

  @Test
  void itReconnectsAfterAnOutage() {
    ConsolePage console = browser.openInTheDark(service);
    add(console);
    console.start("Read any visible text");
    assertMoves(console);
    camera.off();
    assertThat(console.page().locator("fw-live-view .trouble")).containsText("Trying again in");
    console.picture("url-off");
    camera.switchOn();
    assertThat(console.note("The video is back.")).isVisible();
    assertMoves(console);
    assertThat(console.page().locator("fw-live-view .trouble")).hasCount(0);
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("url-dark");
    console.button("Stop").click();
    assertThat(console.note("Stopped")).isVisible();
  }

  @Test
  void errorsOfTheUrlAreShownAtItsField() {
    ConsolePage console = browser.open(service);
    for (String bad : new String[] {"ftp://example.com/video", "rtsp://", "rtsp://a:99999/x"}) {
      address(console).fill(bad);
      console.button("Add").click();
      assertThat(address(console)).hasAttribute("aria-invalid", "true");
      assertThat(address(console)).isFocused();
      assertThat(address(console)).hasAccessibleDescription(Pattern.compile("^The address .*\\.$"));
    }
    assertThat(console.page().locator("#url-help")).containsText("ports are 1 to 65535");
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("url-wrong");
    address(console).fill("");
    console.page().keyboard().press("Enter");
    assertThat(console.page().locator("#url-help")).containsText("Type the address");
    Assertions.assertThat(console.faults()).isEmpty();
  }

  @Test
  void aPhoneShowsEverything() {
    ConsolePage console = browser.openOnAPhone(service);
    add(console);
    console.start("Read any visible text");
    console.expectAnswer("EXIT 42");
    assertMoves(console);
    Assertions.assertThat(
            console.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo(true);
    Assertions.assertThat(console.barriers()).isEmpty();
    console.picture("phone-url");
    console.button("Stop").click();
    assertThat(console.note("Stopped")).isVisible();
  }

  private void add(ConsolePage console) {
    address(console).fill(camera.url());
    address(console).press("Enter");
    assertThat(console.prompt()).isVisible();
  }

  private static Locator address(ConsolePage console) {
    return console.page().locator("input#url");
  }

  private static Locator preview(ConsolePage console) {
    return console.page().locator("fw-preview canvas");
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  /** Checks that the picture is on the screen and changes. */
  private static void assertMoves(ConsolePage console) {
    assertThat(preview(console)).isVisible();
    Object first = preview(console).evaluate("c => c.toDataURL()");
    console
        .page()
        .waitForCondition(() -> !first.equals(preview(console).evaluate("c => c.toDataURL()")));
  }

  /** Everything that the page stores and displays. */
  private static String everything(ConsolePage console) {
    return String.valueOf(
        console
            .page()
            .evaluate(
                """
                async () => {
                  const bodies = await Promise.all(
                    ['/sessions', location.hash.replace('#/session', '/sessions')].map(async (path) =>
                      (await fetch(path, { headers: { Accept: 'application/json' } })).text()));
                  const shown = (root) => [...root.querySelectorAll('*')].map((e) =>
                    e.shadowRoot ? shown(e.shadowRoot) : e.value ?? '').join(' ') + (root.innerHTML ?? '');
                  return bodies.join(' ') + shown(document) + document.title
                    + JSON.stringify({ ...localStorage, ...sessionStorage });
                }"""));
  }
}
