package framewise.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ErrorsAreShownInPlainWordsTest {
  @RegisterExtension
  static final JarService service = JarService.with(Map.of("FRAMEWISE_MAX_UPLOAD", "1MB"));

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void aFileThatIsNoVideo() throws IOException {
    ConsolePage console = browser.open(service);
    console.choose(Files.writeString(folder.resolve("notes.mp4"), "no video at all"));
    assertThat(console.problem()).containsText(Pattern.compile("video"));
    assertThat(console.page().getByText("Drop a video here")).isVisible();
    console.picture("not-a-video");
    console.button("Dismiss").click();
    assertThat(console.problem()).hasCount(0);
  }

  @Test
  void aFileThatIsTooLarge() throws IOException {
    Path file = folder.resolve("large.mp4");
    try (var large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(3_000_000);
    }
    ConsolePage console = browser.open(service);
    List<String> sent = new ArrayList<>();
    console.page().onRequest(request -> sent.add(request.url()));
    console.choose(file);
    assertThat(console.problem()).containsText(Pattern.compile("large|limit|cut off|1 MB"));
    Assertions.assertThat(sent).noneMatch(url -> url.contains("/upload-video"));
    console.picture("too-large");
  }

  /** Seen: every problem with the database was shown as "The disk is full". */
  @Test
  void problemsOfTheDatabaseAreNamed() {
    ConsolePage console = browser.open(service);
    Map<String, String> titles =
        Map.of(
            "taken_over", "Another node has taken over",
            "disk_full", "The disk is full",
            "database_unavailable", "Can't reach the database",
            "files_unavailable", "Can't reach the file store");
    titles.forEach(
        (code, title) -> {
          String storage = "{\"ok\":false,\"code\":\"%s\",\"detail\":\"Why.\"}".formatted(code);
          String root = "{\"status\":\"ok\",\"version\":\"1\",\"storage\":%s}".formatted(storage);
          console.page().unrouteAll();
          console
              .page()
              .route(
                  service.address() + "/",
                  route ->
                      route.fulfill(
                          new Route.FulfillOptions()
                              .setContentType("application/json")
                              .setBody(root)));
          assertThat(console.problem()).containsText(title);
          assertThat(console.problem()).containsText("Why.");
        });
  }

  @Test
  void aBackEndWithoutAKey() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 2, folder));
    console.openAsking();
    assertThat(console.page().getByText(Pattern.compile("GEMINI_API_KEY")).first()).isVisible();
    assertThat(
            console
                .page()
                .getByRole(
                    AriaRole.RADIO,
                    new Page.GetByRoleOptions().setName(Pattern.compile("^Gemini"))))
        .isDisabled();
  }

  @Test
  void aSettingOutOfRange() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 2, folder));
    console.openAsking();
    console.page().getByLabel("Ask every").fill("0");
    console.page().getByLabel("Ask every").blur();
    assertThat(console.page().getByText("From 0.05 to 3,600.").first()).isVisible();
  }

  @Test
  void aDeletedSession() {
    ConsolePage console = browser.open(service);
    console.page().navigate(service.address() + "/console/#/session/no-such-session");
    assertThat(console.problem()).isVisible();
  }

  @Test
  void anUnreachableService() {
    ConsolePage console = browser.open(service);
    console.button("Settings").click();
    console.page().getByLabel("Service URL").fill("127.0.0.1:1");
    console.button("Save").click();
    assertThat(console.problem()).containsText("Cannot connect to backend server");
    assertThat(console.problem()).containsText("Make sure the service is running.");
    assertThat(console.connection()).hasText("Not connected");
    console.picture("not-connected");

    console.button("Open settings").click();
    console.page().getByLabel("Service URL").fill("");
    console.button("Save").click();
    assertThat(console.connection()).hasText("Connected");
    assertThat(console.problem()).hasCount(0);
  }
}
