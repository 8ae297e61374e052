package framewise.e2e.access;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.e2e.Browser;
import framewise.e2e.JarService;
import framewise.e2e.overshoot.OvershootApp;
import framewise.e2e.overshoot.OvershootPage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** If keys are configured, the SDK passes the service's error about a wrong key to the app. */
class OnlyAppsWithAKnownKeyMayStreamTest {
  private static final String PROMPT = "Read any visible text";

  @RegisterExtension
  static final JarService service =
      JarService.with(Map.of("FRAMEWISE_API_KEYS", "ovs_first,ovs_second"));

  @RegisterExtension static final OvershootApp app = new OvershootApp();
  @RegisterExtension static final Browser browser = Browser.filming("EXIT 42");

  @Test
  void aWrongKeyIsRefusedAndNothingIsStored() throws Exception {
    int before = service.get("/sessions").get("sessions").size();
    OvershootPage page = browser.open(app, service);
    JsonNode error = page.tryCamera(PROMPT, "ovs_wrong");

    Assertions.assertThat(error.get("name").asText()).isEqualTo("UnauthorizedError");
    Assertions.assertThat(error.get("statusCode").asInt()).isEqualTo(401);
    Assertions.assertThat(error.get("message").asText())
        .isEqualTo(refusal("ovs_wrong"))
        .doesNotContain("ovs_");
    assertThat(page.errors()).hasText(new String[] {error.get("message").asText()});
    Assertions.assertThat(service.get("/sessions").get("sessions")).hasSize(before);
    Assertions.assertThat(service.log()).doesNotContain("ovs_wrong");
  }

  @Test
  void everyConfiguredKeyIsAccepted() {
    for (String key : new String[] {"ovs_first", "ovs_second"}) {
      OvershootPage page = browser.open(app, service);
      Assertions.assertThat(page.tryCamera(PROMPT, key).isNull()).isTrue();
      assertThat(page.answers("EXIT 42").first()).isVisible();
      page.stop();
    }
  }

  /** The API's response to a caller with this key. */
  private static String refusal(String key) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(service.address() + "/api/v0.2/models"))
            .header("Authorization", "Bearer " + key)
            .build();
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(request, BodyHandlers.ofString());
      Assertions.assertThat(answer.statusCode()).isEqualTo(401);
      return new ObjectMapper().readTree(answer.body()).get("message").asText();
    }
  }
}
