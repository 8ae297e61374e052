package framewise.e2e.overshoot;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.assertions.LocatorAssertions;
import framewise.e2e.Browser;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * An app written for Overshoot works with Framewise after changing its URL: the vendor's own SDK in
 * a real browser, on a page of another site.
 */
class AppsOnTheOvershootSdkWorkUnchangedTest {
  private static final String READ = "Read any visible text";

  /** The default lease: a stream without renewals ends after this time. */
  private static final Duration END = Duration.ofSeconds(60);

  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final OvershootApp app = new OvershootApp();
  @RegisterExtension static final Browser browser = Browser.filming("EXIT 42");

  @TempDir Path folder;

  @Test
  void cameraVideoIsAnswered() throws Exception {
    OvershootPage page = browser.open(app, service);
    page.startCamera(READ);
    assertThat(page.answers("EXIT 42").first()).isVisible();

    JsonNode result = last(page.results());
    Assertions.assertThat(result.get("id").asText()).isNotBlank();
    Assertions.assertThat(result.get("stream_id").asText()).isEqualTo(page.stream());
    Assertions.assertThat(result.get("mode").asText()).isEqualTo("clip");
    Assertions.assertThat(result.get("model_backend").asText()).isEqualTo("overshoot");
    Assertions.assertThat(result.get("model_name").asText()).isNotBlank();
    Assertions.assertThat(result.get("prompt").asText()).isEqualTo(READ);
    Assertions.assertThat(result.get("result").asText()).isEqualTo("EXIT 42");
    Assertions.assertThat(result.get("ok").asBoolean()).isTrue();
    Assertions.assertThat(result.get("error").isNull()).isTrue();
    Assertions.assertThat(result.get("inference_latency_ms").isNumber()).isTrue();
    Assertions.assertThat(result.get("total_latency_ms").asDouble())
        .isGreaterThanOrEqualTo(result.get("inference_latency_ms").asDouble());
    assertThat(page.errors()).hasCount(0);
  }

  @Test
  void aVideoFileIsAnswered() {
    OvershootPage page = browser.open(app, service);
    page.startFile(DrawnClip.webm("GATE 7", 3, folder), READ);
    assertThat(page.answers("GATE 7").first()).isVisible();
    assertThat(page.errors()).hasCount(0);
  }

  @Test
  void aNewPromptTakesEffect() {
    OvershootPage page = browser.open(app, service);
    page.startCamera(READ);
    assertThat(page.answers("EXIT 42").first()).isVisible();
    page.ask("Count the people");
    assertThat(page.answers("No people detected.").first()).isVisible();

    List<String> prompts = new ArrayList<>();
    page.results().forEach(result -> prompts.add(result.get("prompt").asText()));
    Assertions.assertThat(prompts)
        .as("no answer to the old question after one to the new")
        .isSortedAccordingTo((a, b) -> Boolean.compare(b.equals(READ), a.equals(READ)));
    assertThat(page.errors()).hasCount(0);
  }

  @Test
  void answersFollowASchema() throws Exception {
    OvershootPage page = browser.open(app, service);
    page.startCamera(
        "Read any visible text and return JSON: {text: string | null}",
        Map.of(
            "type",
            "object",
            "properties",
            Map.of("text", Map.of("type", "string")),
            "required",
            List.of("text")));
    assertThat(page.answers("EXIT 42").first()).isVisible();
    JsonNode result = last(page.results());
    Assertions.assertThat(new ObjectMapper().readTree(result.get("result").asText()).get("text"))
        .hasToString("\"EXIT 42\"");
  }

  @Test
  void theStreamIsALoggedSession() {
    OvershootPage page = browser.open(app, service);
    page.startCamera(READ);
    assertThat(page.answers("EXIT 42").first()).isVisible();

    JsonNode session = service.get("/sessions/" + page.stream());
    Assertions.assertThat(session.get("status").asText()).isEqualTo("streaming");
    Assertions.assertThat(session.at("/source/type").asText()).isEqualTo("webrtc");
    Assertions.assertThat(session.at("/settings/prompt").asText()).isEqualTo(READ);
    Assertions.assertThat(service.get("/sessions").get("sessions").findValuesAsText("session_id"))
        .contains(page.stream());
    JsonNode log = service.get("/sessions/" + page.stream() + "/results").get("results");
    Assertions.assertThat(log.findValuesAsText("result")).contains("EXIT 42");
    Assertions.assertThat(log.findValuesAsText("id"))
        .containsAll(page.results().findValuesAsText("id"));
  }

  @Test
  void stoppingTheAppEndsTheStream() {
    OvershootPage page = browser.open(app, service);
    page.startCamera(READ);
    assertThat(page.answers("EXIT 42").first()).isVisible();
    String stream = page.stream();
    page.stop();
    int heard = page.answers().count();
    Assertions.assertThat(page.active()).isFalse();

    await("the session ends")
        .atMost(END)
        .until(
            () -> !service.get("/sessions/" + stream).get("status").asText().equals("streaming"));
    Assertions.assertThat(service.get("/sessions/" + stream).get("reason").asText())
        .isEqualTo("The client left.");
    assertThat(page.answers()).hasCount(heard);
    assertThat(page.errors()).hasCount(0);
  }

  @Test
  void theAppLearnsOfAnEndFromOutside() {
    OvershootPage page = browser.open(app, service);
    page.startCamera(READ);
    assertThat(page.answers("EXIT 42").first()).isVisible();
    String stream = page.stream();
    service.post("/stop-stream/" + stream);

    // The SDK reports every end that the app did not request with this text.
    assertThat(page.errors())
        .hasText(
            new String[] {"WebSocket closed unexpectedly"},
            new LocatorAssertions.HasTextOptions().setTimeout((double) END.toMillis()));
    Assertions.assertThat(page.active()).isFalse();
    Assertions.assertThat(service.get("/sessions/" + stream).get("status").asText())
        .isEqualTo("stopped");
  }

  @Test
  void feedbackIsStored() {
    OvershootPage page = browser.open(app, service);
    page.startCamera(READ);
    page.rate(5, "accuracy", "It reads the sign.");
    page.rate(2, "latency", "");

    String stream = page.stream();
    List<JsonNode> ratings = new ArrayList<>();
    page.ratings().forEach(ratings::add);
    Assertions.assertThat(ratings)
        .filteredOn(rating -> rating.get("stream_id").asText().equals(stream))
        .extracting(
            rating -> rating.get("rating").asInt(),
            rating -> rating.get("category").asText(),
            rating -> rating.get("feedback").asText())
        .containsExactlyInAnyOrder(
            Assertions.tuple(5, "accuracy", "It reads the sign."),
            Assertions.tuple(2, "latency", ""));
  }

  private static JsonNode last(JsonNode results) {
    return results.get(results.size() - 1);
  }
}
