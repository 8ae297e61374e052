package framewise.e2e.docs;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import framewise.testing.TestMachine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The console shows the URL of a video for OpenAI clients, and an example that works. */
class VideosAreUsedInCodeTest {
  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void theUrlIsCopiedAndTheExampleRuns() throws Exception {
    TestMachine.needs("curl");
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 2, folder));
    Page page = console.page();
    page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    console.button("Use in code").click();
    String session = page.url().replaceAll(".*/session/([^/?]+).*", "$1");
    String address = "ovs://streams/" + session + "?frame_index=-1";
    assertThat(page.getByLabel("The newest picture")).hasValue(address);
    console.button("Copy address").click();
    assertThat(page.locator("fw-stream-address [role=status]")).hasText("Copied");
    assertThat(page.evaluate("() => navigator.clipboard.readText()")).isEqualTo(address);

    Locator example = page.getByLabel("Ask with curl");
    var shell =
        new ProcessBuilder("bash", "-c", example.inputValue().replace("KEY", "any")).start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(new ObjectMapper().readTree(said).at("/choices/0/message/content").asText())
        .isEqualTo("No people detected.");
  }
}
