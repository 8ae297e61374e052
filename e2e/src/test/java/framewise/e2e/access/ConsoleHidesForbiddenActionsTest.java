package framewise.e2e.access;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
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

/**
 * A viewer watches, an operator changes their own sessions, an administrator reads the audit log.
 */
class ConsoleHidesForbiddenActionsTest {
  private static final String PASSWORD = "correct horse battery";

  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void controlsThatWouldBeRefusedAreHidden() {
    ConsolePage console = browser.open(service);
    Page admin = console.page();
    console.upload(DrawnClip.saying("EXIT 42", 2, folder));
    String session = console.sessionId();
    console.start("Read any visible text");
    console.expectAnswer("EXIT 42");

    admin.navigate(service.address() + "/sign-in/#setup=");
    signIn(admin, "Ada", "Create account");
    assertThat(button(admin, "Account: Ada")).isVisible();
    admin.navigate(service.address() + "/console/#/accounts");
    addAccount(admin, "Vera", "viewer");
    addAccount(admin, "Olga", "operator");
    admin.navigate(service.address() + "/console/#/session/" + session);
    button(admin, "Share").click();
    admin.getByLabel("Share with an account").fill("Vera");
    admin.getByRole(AriaRole.BUTTON, exactly("Add")).click();
    assertThat(button(admin, "Stop sharing: Vera")).isVisible();
    admin.getByLabel("Share with an account").fill("Olga");
    admin.getByRole(AriaRole.BUTTON, exactly("Add")).click();
    assertThat(button(admin, "Stop sharing: Olga")).isVisible();
    admin.keyboard().press("Escape");

    Page viewer = signedIn("Vera");
    assertThat(viewer.getByText("Choose a video to watch")).isVisible();
    assertThat(viewer.locator("input[type=file]")).hasCount(0);
    assertNothingToChange(viewer, session);
    assertThat(
            viewer.getByText("Your role is viewer. You can watch this session but not change it."))
        .isVisible();
    assertThat(viewer.locator("li.result, li.fold").first()).isVisible();
    ConsolePage.picture(viewer, "viewer");
    viewer.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    ConsolePage.picture(viewer, "viewer-dark");
    viewer.navigate(service.address() + "/console/#/watches");
    assertThat(viewer.getByText("No watches yet")).isVisible();
    assertThat(button(viewer, "New watch")).hasCount(0);
    assertThat(viewer.getByText("Deliveries")).hasCount(0);
    viewer.navigate(service.address() + "/console/#/service");
    assertThat(viewer.getByText("Model providers")).isVisible();
    assertThat(viewer.getByText("Free disk space")).hasCount(0);
    viewer.navigate(service.address() + "/console/#/audit");
    assertThat(viewer.getByRole(AriaRole.HEADING, exactly("For administrators"))).isVisible();

    Page operator = signedIn("Olga");
    assertThat(button(operator, "Choose a file")).isVisible();
    assertNothingToChange(operator, session);
    assertThat(operator.getByText("This session belongs to someone else")).isVisible();

    theAuditLogIsRead(admin, session);
    org.assertj.core.api.Assertions.assertThat(console.faults()).isEmpty();
  }

  private static void theAuditLogIsRead(Page admin, String session) {
    admin.navigate(service.address() + "/console/#/");
    button(admin, "Account: Ada").click();
    admin.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Audit log")).click();
    assertThat(admin.getByRole(AriaRole.HEADING, exactly("Audit log"))).isVisible();
    Locator rows = admin.locator("fw-audit-page tbody tr");
    assertThat(rows.first()).containsText("Olga");
    assertThat(rows.first()).containsText("Sign in");
    assertThat(rows.first()).containsText("127.0.0.1");
    ConsolePage.picture(admin, "audit");
    admin.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    ConsolePage.picture(admin, "audit-dark");
    admin.getByLabel("Filter").fill(session);
    assertThat(rows.first()).containsText("Share the session");
    assertThat(rows.filter(new Locator.FilterOptions().setHasNotText(session))).hasCount(0);
    admin.getByLabel("Filter").fill("no such thing");
    assertThat(admin.getByText("No entries match.")).isVisible();
  }

  private static void assertNothingToChange(Page page, String session) {
    page.locator("a[href='#/session/" + session + "']").click();
    assertThat(page.getByText("Read any visible text").first()).isVisible();
    for (String name :
        new String[] {"Start again", "Start", "Stop", "Apply", "Share", "Save question"}) {
      assertThat(button(page, name)).hasCount(0);
    }
    assertThat(
            page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Delete "))))
        .hasCount(0);
    assertThat(page.locator("#prompt")).hasCount(0);
  }

  private static Page signedIn(String name) {
    Page page = browser.visit(service.address() + "/console/");
    signIn(page, name, "Sign in");
    assertThat(button(page, "Account: " + name)).isVisible();
    return page;
  }

  private static void signIn(Page page, String name, String button) {
    page.getByLabel("Name").fill(name);
    page.getByLabel("Password").fill(PASSWORD);
    button(page, button).click();
  }

  private static void addAccount(Page admin, String name, String role) {
    Locator form =
        admin.getByRole(AriaRole.FORM, new Page.GetByRoleOptions().setName("New account"));
    form.getByLabel("Name").fill(name);
    form.getByLabel("Password").fill(PASSWORD);
    form.getByLabel("Role").selectOption(role);
    button(admin, "Add account").click();
    assertThat(button(admin, "Delete the account " + name)).isVisible();
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, exactly(name));
  }

  private static Page.GetByRoleOptions exactly(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
