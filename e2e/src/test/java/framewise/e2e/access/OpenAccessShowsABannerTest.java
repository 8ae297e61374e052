package framewise.e2e.access;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.JarService;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * With FRAMEWISE_ACCESS=open every page of the console says that access is open, and how to change
 * that.
 */
class OpenAccessShowsABannerTest {
  @RegisterExtension
  static final JarService service = JarService.with(Map.of("FRAMEWISE_ACCESS", "open"));

  @RegisterExtension static final Browser browser = new Browser();

  @Test
  void onEveryPage() {
    ConsolePage console = browser.open(service);
    Page page = console.page();
    for (String place : new String[] {"#/", "#/live", "#/accounts"}) {
      page.navigate(service.address() + "/console/" + place);
      var banner =
          page.getByRole(
              AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName("Open access"));
      assertThat(banner).containsText("Anyone who can reach this service can do anything.");
      assertThat(banner).containsText("remove FRAMEWISE_ACCESS=open");
    }
    assertThat(page.getByText("For administrators")).isVisible();
    page.navigate(service.address() + "/console/#/");
    assertThat(console.button("Choose a file")).isVisible();
    ConsolePage.picture(page, "open-access");
    org.assertj.core.api.Assertions.assertThat(console.barriers()).isEmpty();
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    ConsolePage.picture(page, "open-access-dark");
    org.assertj.core.api.Assertions.assertThat(console.barriers()).isEmpty();
    org.assertj.core.api.Assertions.assertThat(console.faults()).isEmpty();
  }
}
