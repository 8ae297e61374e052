package framewise.e2e.access;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A console that one service serves works with another service. */
class ConsoleOnAnotherOriginTest {
  /**
   * The service that serves the console; its pages may use another service only because of this
   * setting.
   */
  @RegisterExtension
  static final JarService page = JarService.with(Map.of("FRAMEWISE_CORS_ORIGINS", "*"));

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;
  private JarService service;

  @BeforeEach
  void start() {
    service = JarService.with(Map.of("FRAMEWISE_CORS_ORIGINS", page.address())).start();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void aSettingChoosesTheService() {
    ConsolePage console = browser.open(page);
    console.button("Settings").click();
    console.page().getByLabel("Service URL").fill(service.address());
    console.button("Test").click();
    assertThat(console.page().getByText("Found Framewise")).isVisible();
    console.button("Save").click();

    console.upload(DrawnClip.saying("EXIT 42", 3, folder));
    console.start("Read any visible text");
    console.expectAnswer("EXIT 42");
    org.assertj.core.api.Assertions.assertThat(service.get("/sessions").get("sessions")).hasSize(1);
    org.assertj.core.api.Assertions.assertThat(page.get("/sessions").get("sessions")).isEmpty();

    // The video comes from the other service as well; without CORS the page could not load it.
    console
        .page()
        .waitForCondition(
            () ->
                Boolean.TRUE.equals(
                    console
                        .page()
                        .locator("fw-player video")
                        .evaluate("video => video.videoWidth > 0")));

    console.page().reload();
    console.expectAnswer("EXIT 42");
  }
}
