package framewise.e2e.docs;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.assertions.LocatorAssertions;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Kills the service during a session and restarts it. */
class EveryAnswerOnceAcrossARestartTest {
  private static final double RUN_MS = 90_000;

  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void theConsoleReconnectsAndShowsEachAnswerOnce() {
    ConsolePage console = browser.open(service);
    console.upload(DrawnClip.saying("EXIT 42", 15, folder));
    console.start("Read any visible text");
    console.expectAnswer("EXIT 42");
    assertThat(console.connection()).hasText("Live");

    service.kill();
    assertThat(console.connection()).containsText("Reconnecting");
    assertThat(console.problem().getByText("Cannot connect to backend server")).isVisible();
    console.picture("reconnecting");

    service.start();
    assertThat(console.connection())
        .hasText(
            Pattern.compile("Live|Ended"),
            new LocatorAssertions.HasTextOptions().setTimeout(RUN_MS));
    assertThat(console.note("End of the video"))
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(RUN_MS));
    assertThat(console.problem()).hasCount(0);

    String id = console.sessionId();
    List<Integer> stored = new ArrayList<>();
    for (JsonNode result : service.get("/sessions/" + id + "/results?limit=1000").get("results")) {
      stored.add(result.get("seq").asInt());
    }
    assertThat(stored).isNotEmpty();
    assertThat(console.answerNumbers()).isEqualTo(stored);
    assertThat(console.answers("EXIT 42")).hasCount(stored.size());
  }
}
