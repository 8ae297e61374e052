package framewise.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import framewise.e2e.OpenAiServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs alone, because requests to a refusing service pause for a while, which would delay other
 * tests.
 */
class FallbackAnswersNameTheirBackendTest {
  @RegisterExtension static final OpenAiServer openai = new OpenAiServer();

  @RegisterExtension static final JarService service = JarService.with(openai.settings());

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void aFallbackAnswerSaysSo() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 3, folder));
    openai.refuse();
    service.post(
        "/start-stream/" + console.sessionId(),
        Map.of(
            "prompt",
            "Read any visible text",
            "backend",
            "openai",
            "fallback",
            List.of("builtin")));
    console.page().reload();
    assertThat(console.answers().getByText("EXIT 42").first()).isVisible();
    assertThat(console.page().locator(".instead").first()).hasText("Built in instead");
    console.page().locator("li.result .details > summary").first().click();
    assertThat(console.page().locator("fw-result-details")).containsText("instead of OpenAI");
    assertThat(console.page().getByText("Sent to the model")).hasCount(0);
  }
}
