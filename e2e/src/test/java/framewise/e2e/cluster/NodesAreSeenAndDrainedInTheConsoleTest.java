package framewise.e2e.cluster;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import framewise.testing.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one database: an administrator drains one, and takes it back into service. */
class NodesAreSeenAndDrainedInTheConsoleTest {
  private static final int FILM_SECONDS = 300;
  private static final int PHONE_WIDTH = 390;
  private static final int DESKTOP_WIDTH = 1280;

  @RegisterExtension static final JarService alone = JarService.with(Map.of());
  @RegisterExtension static final Browser browser = new Browser();

  private final List<JarService> nodes = new ArrayList<>();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    nodes.forEach(JarService::close);
  }

  @Test
  void aNodeIsDrainedAndReturnsToService() throws IOException {
    String database = PostgresServer.shared().newDatabase();
    node(database);
    node(database);
    ConsolePage console = browser.open(nodes.getFirst(), desktop());
    console.upload(DrawnClip.saying("EXIT 42", FILM_SECONDS, folder));
    String session = console.sessionId();
    console.start("Read any visible text");
    console.expectAnswer("EXIT 42");
    String owner = nodes.getFirst().get("/sessions/" + session).at("/node/address").asText();
    assertThat(console.page().locator("fw-bar .title")).containsText("Node " + owner);
    console.picture("session-on-a-node");
    Page phone = console.page();
    phone.setViewportSize(PHONE_WIDTH, 844);
    assertThat(
            phone.evaluate(
                "(() => { const fact = document.querySelector('fw-app').renderRoot"
                    + ".querySelector('fw-bar').renderRoot.querySelector('.title .node');"
                    + " return fact.getBoundingClientRect().right <= innerWidth"
                    + " && fact.scrollWidth <= fact.clientWidth + 1; })()"))
        .as("the node is read on phones")
        .isEqualTo(true);
    console.picture("session-on-a-node-phone");
    phone.setViewportSize(DESKTOP_WIDTH, 800);

    // From here on, the console of the node that doesn't own the session.
    JarService other =
        nodes.stream().filter(node -> !self(node).equals(owner)).findFirst().orElseThrow();
    Page page = browser.open(other, desktop()).page();
    page.navigate(other.address() + "/console/#/service");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("2 nodes of this service"))
        .click();
    assertThat(page).hasTitle("Nodes – Framewise");
    assertThat(page.locator("fw-nodes-page li")).hasCount(2);
    Locator card = card(page, owner);
    assertThat(card).containsText("Accepts sessions");
    assertThat(card).containsText(Pattern.compile("1 of \\d+"));
    assertThat(card).containsText(Pattern.compile("\\d(\\.\\d)? s left"));
    assertThat(card(page, self(other))).containsText("this node");
    assertThat(ConsolePage.barriersOfAnyLevel(page)).isEmpty();
    ConsolePage.picture(page, "nodes");

    // By keyboard: the dialog first focuses the button that changes nothing.
    Locator drain = button(page, "Drain " + owner);
    drain.focus();
    page.keyboard().press("Enter");
    assertThat(button(page, "Cancel")).isFocused();
    assertThat(page.getByText("Its session moves to another node.")).isVisible();
    assertThat(ConsolePage.barriersOfAnyLevel(page)).isEmpty();
    ConsolePage.picture(page, "nodes-drain");
    page.keyboard().press("Escape");
    assertThat(drain).isFocused();
    assertThat(card).containsText("Accepts sessions");
    page.keyboard().press("Enter");
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    assertThat(card).containsText("Drained");
    assertThat(card(page, self(other))).containsText(Pattern.compile("1 of \\d+"));
    ConsolePage.picture(page, "nodes-drained");

    // The session continues, and reports on which node.
    assertThat(console.note("Continued on another node")).isVisible();
    assertThat(console.page().locator("fw-bar .title")).containsText("Node " + self(other));

    button(page, "Accept sessions again on " + owner).click();
    assertThat(card).containsText("Accepts sessions");
    assertThat(button(page, "Drain " + owner)).isVisible();

    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    page.setViewportSize(PHONE_WIDTH, 844);
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
    assertThat(ConsolePage.barriersOfAnyLevel(page)).isEmpty();
    ConsolePage.picture(page, "nodes-phone-dark");

    nodes.stream().filter(node -> !node.equals(other)).forEach(JarService::kill);
    assertThat(page.locator("fw-nodes-page li")).hasCount(1);
    assertThat(page.getByText("Only one node is running.")).isVisible();
    ConsolePage.picture(page, "nodes-only-one");
    assertThat(console.faults()).isEmpty();

    Page german = browser.open(other, desktop().setLocale("de-DE"), "Verbunden").page();
    german.navigate(other.address() + "/console/#/nodes");
    assertThat(german.getByText("Nur ein Knoten läuft.")).isVisible();
    button(german, self(other) + " leeren").click();
    assertThat(german.getByText("Kein anderer Knoten hat Platz")).isVisible();
    assertThat(ConsolePage.barriersOfAnyLevel(german)).isEmpty();
    ConsolePage.picture(german, "nodes-german");
  }

  /**
   * Seen: behind a proxy that sends each call to another node, the label "this node" moved to
   * another node every 2 s.
   */
  @Test
  void noNodeIsThisOneWhereAProxyPinsNobody() throws IOException {
    String database = PostgresServer.shared().newDatabase();
    node(database);
    node(database);
    Page page = browser.open(nodes.getFirst(), desktop()).page();
    page.navigate(nodes.getFirst().address() + "/console/#/nodes");
    assertThat(page.locator("fw-nodes-page li")).hasCount(2);
    assertThat(page.getByText("this node")).isVisible();
    page.route(
        Pattern.compile("/nodes$"),
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(nodes.getLast().get("/nodes").toString())));
    assertThat(page.getByText("this node")).hasCount(0);
    page.unroute(Pattern.compile("/nodes$"));
    page.waitForResponse(Pattern.compile("/nodes$"), () -> {});
    page.waitForResponse(Pattern.compile("/nodes$"), () -> {});
    assertThat(page.getByText("this node")).hasCount(0);
    assertThat(page.locator("fw-nodes-page li")).hasCount(2);
  }

  @Test
  void aSingleNodeSaysThatItIsAlone() {
    ConsolePage console = browser.open(alone);
    Page page = console.page();
    page.navigate(alone.address() + "/console/#/service");
    assertThat(page.getByText("Model providers")).isVisible();
    assertThat(page.locator("a[href='#/nodes']")).hasCount(0);
    page.navigate(alone.address() + "/console/#/nodes");
    assertThat(page.getByText("This service runs on one machine")).isVisible();
    assertThat(page.locator("fw-nodes-page li")).hasCount(0);
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("How to run several nodes"))
        .click();
    assertThat(page.locator("h1")).hasText("PostgreSQL and several nodes");
    assertThat(console.faults()).isEmpty();
  }

  private void node(String database) throws IOException {
    int port = freePort();
    var node =
        JarService.with(
            Map.of(
                "BACKEND_PORT",
                Integer.toString(port),
                "FRAMEWISE_DATABASE",
                database,
                "FRAMEWISE_CLUSTER_KEY",
                "a-cluster-key-of-forty-characters-at-all",
                "FRAMEWISE_NODE_URL",
                "http://127.0.0.1:" + port,
                "FRAMEWISE_FILES",
                folder.resolve("files").toString()));
    nodes.add(node);
    JarService _ = node.start();
  }

  /** Name of the node at this address. */
  private static String self(JarService node) {
    return node.get("/nodes")
        .path("nodes")
        .valueStream()
        .filter(each -> each.path("self").asBoolean())
        .map((JsonNode each) -> each.path("address").asText())
        .findFirst()
        .orElseThrow();
  }

  private static Locator card(Page page, String address) {
    return page.locator("fw-nodes-page li").filter(new Locator.FilterOptions().setHasText(address));
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static com.microsoft.playwright.Browser.NewContextOptions desktop() {
    return new com.microsoft.playwright.Browser.NewContextOptions();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
