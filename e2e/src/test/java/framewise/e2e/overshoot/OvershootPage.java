package framewise.e2e.overshoot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Page of an app that uses the Overshoot SDK: the calls of its code, and what its user sees. */
public final class OvershootPage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double LONG_MS = 60_000;

  private final Page page;
  private final String api;

  /**
   * A key of this page's own, because streams are counted by key; a service without configured keys
   * accepts any.
   */
  private final String ownKey = "ovs_" + UUID.randomUUID();

  private int renewals;

  public OvershootPage(Page page, String address, String api) {
    this.page = page;
    this.api = api;
    page.onRequestFinished(this::count);
    page.navigate(address);
    page.waitForFunction("() => window.app");
  }

  /** Streams the camera with a prompt. */
  public void startCamera(String prompt) {
    expectStarted(start(prompt, ownKey, Map.of()));
  }

  /** Streams the camera with a schema for the answers. */
  public void startCamera(String prompt, Map<String, Object> outputSchema) {
    expectStarted(start(prompt, ownKey, Map.of("outputSchema", outputSchema)));
  }

  /** Streams a file that the user chose, with a prompt. */
  public void startFile(Path video, String prompt) {
    page.locator("input[type=file]").setInputFiles(video);
    expectStarted(start(prompt, ownKey, Map.of("file", true)));
  }

  /**
   * Streams the camera with a key.
   *
   * @return the error {@code {name, message, statusCode}} that the SDK throws; JSON null for none
   */
  public JsonNode tryCamera(String prompt, String key) {
    return start(prompt, key, Map.of());
  }

  public void ask(String prompt) {
    page.evaluate("prompt => app.ask(prompt)", prompt);
  }

  public void stop() {
    page.evaluate("() => app.stop()");
  }

  /** Closes the tab at once, so that the SDK cannot close its stream. */
  public void vanish() {
    page.close();
  }

  /** Rates the answers, 1 to 5. */
  public void rate(int rating, String category, String words) {
    page.evaluate(
        "feedback => app.rate(feedback)",
        Map.of("rating", rating, "category", category, "feedback", words));
  }

  /** All ratings of this key at the service. */
  public JsonNode ratings() {
    return json(page.evaluate("() => app.ratings()"));
  }

  /** Id of its stream. */
  public String stream() {
    return String.valueOf(page.evaluate("() => app.stream()"));
  }

  /** Whether the SDK considers its stream running. */
  public boolean active() {
    return Boolean.TRUE.equals(page.evaluate("() => app.active()"));
  }

  /** Arguments of {@code onResult}, in order. */
  public JsonNode results() {
    return json(page.evaluate("() => app.results"));
  }

  /** Answers that the user sees. */
  public Locator answers() {
    return page.locator("ol > li");
  }

  /** Answers with this text. */
  public Locator answers(String words) {
    return answers().filter(new Locator.FilterOptions().setHasText(words));
  }

  /** Arguments of {@code onError}. */
  public Locator errors() {
    return page.locator("ul > li");
  }

  /** Waits until the SDK has renewed its lease this many times. */
  public void expectRenewals(int times) {
    page.waitForCondition(
        () -> renewals >= times, new Page.WaitForConditionOptions().setTimeout(LONG_MS));
  }

  private void count(Request request) {
    if (request.method().equals("POST") && request.url().endsWith("/keepalive")) {
      renewals++;
    }
  }

  private JsonNode start(String prompt, String key, Map<String, Object> more) {
    Map<String, Object> options = new HashMap<>(more);
    options.put("apiUrl", api);
    options.put("apiKey", key);
    options.put("prompt", prompt);
    return json(page.evaluate("options => app.start(options)", options));
  }

  private static void expectStarted(JsonNode error) {
    if (!error.isNull()) {
      throw new AssertionError("The SDK could not start: " + error);
    }
  }

  private static JsonNode json(Object value) {
    return JSON.valueToTree(value);
  }
}
