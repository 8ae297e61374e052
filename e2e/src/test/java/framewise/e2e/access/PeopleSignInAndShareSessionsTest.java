package framewise.e2e.access;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Creates a first and a second account, shares a session and signs out, using the visible text. */
class PeopleSignInAndShareSessionsTest {
  private static final String PASSWORD = "correct horse battery";

  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void fromTheFirstAccountToASharedSession() {
    ConsolePage console = browser.open(service);
    Page admin = console.page();
    console.upload(DrawnClip.saying("EXIT 42", 2, folder));
    String session = console.sessionId();

    admin.navigate(service.address() + "/sign-in/#setup=");
    assertThat(heading(admin, "Create the first account")).isVisible();
    ConsolePage.picture(admin, "first-account");
    fill(admin, "Ada", PASSWORD);
    button(admin, "Create account").click();
    assertThat(button(admin, "Account: Ada")).isVisible();

    admin.navigate(service.address() + "/console/#/accounts");
    assertThat(heading(admin, "Accounts and keys")).isVisible();
    Locator form = admin.getByRole(AriaRole.FORM, named("New account"));
    form.getByLabel("Name").fill("Vera");
    form.getByLabel("Password").fill(PASSWORD);
    button(admin, "Add account").click();
    assertThat(button(admin, "Delete the account Vera")).isVisible();
    Locator keys = admin.getByRole(AriaRole.FORM, named("New API key"));
    keys.getByLabel("Purpose").fill("door app");
    button(admin, "Create key").click();
    assertThat(admin.locator("code")).hasText(Pattern.compile("fw_[a-z2-9]{8}_.{43}"));
    ConsolePage.picture(admin, "accounts-and-keys");

    admin.navigate(service.address() + "/console/#/session/" + session);
    button(admin, "Share").click();
    admin.getByLabel("Share with an account").fill("Vera");
    admin.getByRole(AriaRole.BUTTON, exactly("Add")).click();
    assertThat(button(admin, "Stop sharing: Vera")).isVisible();
    admin
        .getByRole(
            AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("Create link")))
        .click();
    String link = admin.getByLabel("Anyone with this link can watch for 7 days").inputValue();
    ConsolePage.picture(admin, "share");

    Page viewer = browser.visit(service.address() + "/console/");
    assertThat(heading(viewer, "Sign in")).isVisible();
    fill(viewer, "Vera", "not the password");
    button(viewer, "Sign in").click();
    assertThat(viewer.getByRole(AriaRole.ALERT)).hasText("The name or the password is wrong.");
    ConsolePage.picture(viewer, "wrong-password");
    fill(viewer, "Vera", PASSWORD);
    button(viewer, "Sign in").click();
    assertThat(viewer.locator("a[href='#/session/" + session + "']")).isVisible();
    button(viewer, "Account: Vera").click();
    button(viewer, "Sign out").click();
    assertThat(heading(viewer, "Sign in")).isVisible();

    Page guest = browser.visit(link);
    assertThat(guest.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .containsText(".mp4");
    org.assertj.core.api.Assertions.assertThat(guest.url()).contains(session);
    org.assertj.core.api.Assertions.assertThat(console.faults()).isEmpty();
  }

  private static void fill(Page page, String name, String password) {
    page.getByLabel("Name").fill(name);
    page.getByLabel("Password").fill(password);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, exactly(name));
  }

  private static Locator heading(Page page, String name) {
    return page.getByRole(AriaRole.HEADING, exactly(name));
  }

  private static Page.GetByRoleOptions exactly(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
