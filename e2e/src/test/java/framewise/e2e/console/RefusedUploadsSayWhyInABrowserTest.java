package framewise.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.JarService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Regression: browsers send all of a file before they read, so a response at its first byte became
 * a network error.
 */
class RefusedUploadsSayWhyInABrowserTest {
  private static final int BYTES = 20 << 20;

  @RegisterExtension
  static final JarService service = JarService.with(Map.of("FRAMEWISE_MAX_UPLOAD", "1MB"));

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void tooLarge() throws Exception {
    ConsolePage console = browser.open(service);
    console.choose(Files.write(folder.resolve("long.mp4"), new byte[BYTES]));
    assertThat(console.problem()).containsText("This video is too large");
  }

  @Test
  void notPermitted() {
    ConsolePage console = browser.open(service);
    Object status =
        console
            .page()
            .evaluate(
                """
                async (bytes) => {
                  const response = await fetch('../upload-video', {
                    method: 'POST',
                    headers: {
                      'Content-Type': 'multipart/form-data; boundary=x',
                      Authorization: 'Bearer revoked',
                      'X-Forwarded-For': '203.0.113.7',
                    },
                    body: new Blob([new Uint8Array(bytes)]),
                  });
                  return response.status;
                }
                """,
                BYTES);
    org.assertj.core.api.Assertions.assertThat(status).isEqualTo(401);
  }
}
