package framewise.e2e.overshoot;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.assertions.LocatorAssertions;
import framewise.e2e.Browser;
import framewise.e2e.JarService;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The SDK renews its lease, and a closed tab's stream ends when the lease expires. */
class AStreamLivesAsLongAsItsAppTest {
  private static final int LEASE_SECONDS = 5;

  @RegisterExtension
  static final JarService service =
      JarService.with(Map.of("FRAMEWISE_LEASE_SECONDS", Integer.toString(LEASE_SECONDS)));

  @RegisterExtension static final OvershootApp app = new OvershootApp();
  @RegisterExtension static final Browser browser = Browser.filming("EXIT 42");

  @Test
  void answersArriveBeyondThreeLeases() {
    OvershootPage page = browser.open(app, service);
    page.startCamera("Read any visible text");
    assertThat(page.answers("EXIT 42").first()).isVisible();
    String stream = page.stream();

    // The SDK renews the lease after half its time, so the seventh renewal is later than three
    // leases.
    page.expectRenewals(7);
    int heard = page.answers().count();
    assertThat(page.answers("EXIT 42").nth(heard))
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(15_000));
    assertThat(page.errors()).hasCount(0);
    Assertions.assertThat(page.stream()).isEqualTo(stream);
    Assertions.assertThat(service.get("/sessions/" + stream).get("status").asText())
        .isEqualTo("streaming");
  }

  @Test
  void aClosedTabsStreamEndsWithItsLease() {
    OvershootPage page = browser.open(app, service);
    page.startCamera("Read any visible text");
    assertThat(page.answers("EXIT 42").first()).isVisible();
    String stream = page.stream();
    page.vanish();

    await("its session is over")
        .atMost(Duration.ofSeconds(2 * LEASE_SECONDS))
        .until(
            () -> !service.get("/sessions/" + stream).get("status").asText().equals("streaming"));
    Assertions.assertThat(service.get("/sessions/" + stream + "/results").get("results"))
        .isNotEmpty();
  }
}
