package framewise.e2e.watch;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A user turns an answer into a watch, reviews its incident, and sets up notifications. */
class WatchesAreArmedAndReviewedTest {
  @RegisterExtension
  static final JarService service = JarService.with(Map.of("FRAMEWISE_URL_SOURCES", "any"));

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  /** The sign says one thing for four seconds, then another. */
  @Test
  void aWatchIsMadeFromAnAnswerAndItsIncidentReviewed() {
    ConsolePage console = browser.open(service);
    Page page = console.page();
    page.keyboard().press("w");
    assertThat(page.getByText("No watches yet")).isVisible();
    assertThat(console.barriers()).isEmpty();
    console.picture("watches-none");
    console.button("Add video").click();
    console.upload(DrawnClip.saying("12 BOXES", "15 BOXES", 8, folder));
    console.answerAsFastAsItGoes();
    console.start("Read any visible text");
    assertThat(console.note("End of the video")).isVisible();

    armed(console);
    console.start("Read any visible text");
    Locator bar = page.locator("fw-lanes .incidents button");
    assertThat(bar).hasCount(1);
    assertThat(console.note("Incident: Boxes changed")).isVisible();
    assertThat(page.locator("fw-bar a", new Page.LocatorOptions().setHasText("incident to review")))
        .isVisible();
    assertThat(console.barriers()).isEmpty();
    console.picture("incident-on-the-timeline");
    page.reload(); // seen: after a reload, the timeline no longer showed the incident
    assertThat(bar).hasCount(1);
    assertThat(console.note("Incident: Boxes changed")).isVisible();

    reviewed(console);
    snoozedAndDeleted(console);
    assertThat(console.faults()).isEmpty();
  }

  private static void armed(ConsolePage console) {
    Page page = console.page();
    console.answers("12 BOXES").first().locator(".details > summary").click();
    console.button("Notify me when this changes").click();
    Locator expression = page.locator("#expression");
    assertThat(expression).hasValue("text != \"12 BOXES\"");
    assertThat(page.locator("fw-watch-dialog .fields-known button")).hasText(new String[] {"text"});
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Boxes changed");

    expression.fill("text !=");
    console.button("Arm").click();
    assertThat(page.locator("fw-watch-dialog .wrong").first()).isVisible();
    expression.fill("text != \"12 BOXES\"");
    page.getByLabel("Number of answers considered").fill("1");
    page.getByLabel("Number of answers considered").press("Tab");
    page.getByLabel("Quiet hours").check();
    assertThat(page.getByLabel("From", new Page.GetByLabelOptions().setExact(true))).isVisible();
    assertThat(console.barriers()).isEmpty();
    page.getByLabel("Quiet hours").uncheck();
    console.button("Try on past answers").click();
    assertThat(page.getByText("Would have opened 1 incident")).isVisible();
    assertThat(page.locator("fw-watch-dialog .tried")).containsText("4 yes, 4 no");
    assertThat(console.barriers()).isEmpty();
    console.picture("watch-tried");
    console.button("Arm").click();
    assertThat(page.locator("fw-watch-dialog dialog")).isHidden();
  }

  private static void reviewed(ConsolePage console) {
    Page page = console.page();
    page.locator("main").focus();
    page.keyboard().press("w");
    Locator rows = page.locator("fw-incidents-page li");
    assertThat(rows).hasCount(1);
    assertThat(rows).containsText("Boxes changed");
    assertThat(rows.locator("img")).hasJSProperty("complete", true);
    page.context().grantPermissions(List.of("notifications"));
    console.button("Browser notifications").click();
    assertThat(console.button("Browser notifications")).hasAttribute("aria-pressed", "true");
    assertThat(console.barriers()).isEmpty();
    console.picture("incidents");
    // Seen: the longest label in German touched its value.
    assertThat(
            page.locator("fw-incidents-page dl")
                .evaluate(
                    """
                    facts => {
                      const [label] = facts.querySelectorAll('dt');
                      const before = label.textContent;
                      label.textContent = 'Zusammengefasst';
                      const fits = label.scrollWidth <= label.clientWidth;
                      label.textContent = before;
                      return fits;
                    }"""))
        .isEqualTo(true);
    page.keyboard().press("j");
    page.keyboard().press("Enter");
    assertThat(console.time()).containsText("0:04");
    page.goBack();
    page.getByLabel("Your name").fill("Ada");
    page.getByLabel("Your name").press("Tab");
    page.getByLabel("Note").fill("Counted by hand");
    page.locator("main").focus();
    page.keyboard().press("a");
    assertThat(page.getByText("Nothing to review")).isVisible();
    console.button("All").click();
    assertThat(rows).containsText("Ada");
    assertThat(page.getByText("Counted by hand")).isVisible();
    assertThat(page.locator("fw-bar a", new Page.LocatorOptions().setHasText("to review")))
        .hasCount(0);
  }

  private static void snoozedAndDeleted(ConsolePage console) {
    Page page = console.page();
    link(page, "Watches").click();
    Locator row = page.locator("fw-watches-page li");
    assertThat(row).containsText("Armed");
    assertThat(row).containsText("Opens on the first yes, ends after 3 no in a row");
    console.button("Snooze Boxes changed").click();
    console.button("For 1 hour").click();
    assertThat(row).containsText("Snoozed until");
    assertThat(console.barriers()).isEmpty();
    console.picture("watches");
    console.button("End snooze").click();
    page.getByRole(AriaRole.SWITCH).click();
    assertThat(row.locator(".state")).hasText("Off");
    console.button("Edit Boxes changed").click();
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Boxes");
    console.button("Save").click();
    assertThat(row).containsText("Boxes");
    page.onDialog(Dialog::accept);
    console.button("Delete Boxes").click();
    assertThat(page.getByText("No watches yet")).isVisible();
  }

  @Test
  void anEndpointIsTestedAndDeliveriesAreListed() throws IOException {
    Queue<String> received = new ConcurrentLinkedQueue<>();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/hook",
        exchange -> {
          received.add(String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id")));
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(received.size() > 1 ? 500 : 204, -1);
          exchange.close();
        });
    receiver.start();
    try {
      ConsolePage console = browser.open(service);
      Page page = console.page();
      page.navigate(service.address() + "/console/#/endpoints");
      assertThat(page.getByText("No endpoints yet")).isVisible();
      assertThat(console.barriers()).isEmpty();
      console.button("New endpoint").click();
      page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Ticket system");
      page.locator("#url").fill("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
      assertThat(console.barriers()).isEmpty();
      console.button("Add").click();
      assertThat(page.locator("fw-endpoint-dialog code"))
          .hasText(Pattern.compile("whsec_[A-Za-z0-9+/=]{32,}"));
      console.button("Done").click();

      console.button("Send test").click();
      assertThat(page.getByText("Test delivered (HTTP 204)")).isVisible();
      assertThat(List.copyOf(received)).hasSize(1);
      console.button("Deliveries to Ticket system").click();
      Locator rows = page.locator("fw-endpoints-page tbody tr");
      assertThat(rows).hasCount(1);
      assertThat(rows).containsText("Delivered");
      console.button("Send test").click();
      assertThat(page.getByText("Test failed")).isVisible();
      assertThat(rows.first()).containsText("HTTP 500");
      assertThat(console.barriers()).isEmpty();
      console.picture("deliveries");
      assertThat(page.locator("fw-endpoints-page")).not().containsText("whsec_");
      page.navigate(service.address() + "/console/#/service");
      assertThat(page.locator("fw-service-page tbody tr").first()).containsText("Built in");
      assertThat(page.getByText("Free disk space")).isVisible();
      assertThat(console.barriers()).isEmpty();
      console.picture("service");
      assertThat(console.faults()).isEmpty();
    } finally {
      receiver.stop(0);
    }
  }

  private static Locator link(Page page, String name) {
    return page.getByRole(
            AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Watches").setExact(true))
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }
}
