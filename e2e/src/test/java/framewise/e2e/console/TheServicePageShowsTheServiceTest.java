package framewise.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Load, disk, version, and the links to the API and the guides. */
class TheServicePageShowsTheServiceTest {
  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void itsStateAndTheGuides() {
    ConsolePage console = browser.open(service);
    Page page = console.page();
    console.upload(DrawnClip.saying("EXIT 42", 30, folder));
    console.start("Read any visible text");
    console.expectAnswer("EXIT 42");
    page.navigate(service.address() + "/console/#/service");
    assertThat(page.locator("fw-service-page .facts"))
        .hasText(Pattern.compile("Framewise \\d+\\.\\d+\\.\\d+ · .+"));
    tile(page, "Sessions running", "1");
    tile(page, "CPU", "\\d+ %.*");
    tile(page, "Memory", "\\d+ MB.*");
    tile(page, "Free disk space", "\\d.* GB.*");
    console.picture("service-page");

    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Guides")).click();
    assertThat(page).hasTitle("Documentation – Framewise");
    assertThat(ConsolePage.barriersOfAnyLevel(page)).isEmpty();
    console.picture("guides");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Search").setExact(true))
        .click();
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .hasText("Search");
    assertThat(page.locator("pre").first()).containsText("/search?q=ladder");
    assertThat(page.locator("table").first()).containsText("any word that begins with");
    assertThat(ConsolePage.barriersOfAnyLevel(page)).isEmpty();
    page.setViewportSize(390, 844);
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
    console.picture("guide");
    assertThat(console.faults()).isEmpty();

    ConsolePage dark = browser.openInTheDark(service);
    dark.page().navigate(service.address() + "/guides/settings.html");
    assertThat(dark.page().locator("h1")).isVisible();
    assertThat(ConsolePage.barriersOfAnyLevel(dark.page())).isEmpty();
    dark.picture("guide-dark");
  }

  /** Seen: on a busy machine, the last character of a tile wrapped to a second line. */
  @Test
  void itsMetersAreLevelOnABusyMachine() {
    ConsolePage console = browser.open(service);
    Page page = console.page();
    page.route(
        "**/metrics",
        route -> {
          String text = route.fetch().text();
          route.fulfill(
              new Route.FulfillOptions()
                  .setBody(text.replaceAll("(?m)^((system|process)_cpu_usage) .*", "$1 1.0")));
        });
    page.navigate(service.address() + "/console/#/service");
    tile(page, "CPU", "100 %\\s+machine 100 %");
    Object heights =
        page.locator("fw-service-page .meter")
            .evaluateAll("meters => meters.map(m => Math.round(m.getBoundingClientRect().top))");
    assertThat(heights).asInstanceOf(LIST).hasSize(2);
    assertThat(heights).asInstanceOf(LIST).containsOnly(((List<?>) heights).getFirst());
  }

  private static void tile(Page page, String name, String value) {
    Locator tile =
        page.locator(
            "fw-service-page dl > div",
            new Page.LocatorOptions()
                .setHas(page.getByText(name, new Page.GetByTextOptions().setExact(true))));
    assertThat(tile.locator("dd")).hasText(Pattern.compile("^\\s*" + value + "\\s*$"));
  }
}
