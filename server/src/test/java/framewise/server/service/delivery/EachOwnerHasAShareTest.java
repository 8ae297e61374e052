package framewise.server.service.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.model.Request;
import framewise.engine.delivery.Deliveries;
import framewise.engine.watch.Watches;
import framewise.server.service.AccessFixture;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.server.service.contract.Contract;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * No operator can use up all endpoints or watches, block a name for others, or use somebody else's
 * endpoint.
 */
@Timeout(180)
class EachOwnerHasAShareTest {
  private static final Contract CONTRACT = new Contract("openapi.yaml", "");

  @TempDir static Path folder;
  private static RunningService service;
  private static TestClient client;
  private static AccessFixture access;

  @BeforeAll
  static void start() throws Exception {
    service =
        RunningService.on(
            folder.resolve("data"), ScriptedBackend.echo(), Map.of("FRAMEWISE_URL_SOURCES", "any"));
    client = service.client();
    access = new AccessFixture(client);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void ofEndpoints() throws Exception {
    String[] greedy = access.key("operator");
    for (int i = 0; i < Deliveries.MAX_PER_OWNER; i++) {
      assertThat(endpoint(greedy).statusCode()).isEqualTo(201);
    }
    HttpResponse<String> refused = endpoint(greedy);
    assertThat(refused.statusCode()).isEqualTo(409);
    CONTRACT.fits(Request.Method.POST, "/endpoints", refused);
    assertThat(refused.body()).contains("too_many_endpoints", "You have 12 endpoints");
    assertThat(TestClient.json(client.get("/endpoints", greedy)).path("most").asInt())
        .isEqualTo(Deliveries.MAX_PER_OWNER);
    assertThat(endpoint(access.key("operator")).statusCode()).isEqualTo(201);
    assertThat(endpoint(access.admin().headers()).statusCode()).isEqualTo(201);
  }

  @Test
  void ofWatches() throws Exception {
    String[] greedy = access.key("operator");
    String[] other = access.key("operator");
    String theirs = session(greedy);
    for (int i = 0; i < Watches.MAX_PER_OWNER; i++) {
      assertThat(watch("Door " + i, theirs, "", greedy).statusCode()).isEqualTo(201);
    }
    HttpResponse<String> refused = watch("Another", theirs, "", greedy);
    assertThat(refused.statusCode()).isEqualTo(409);
    CONTRACT.fits(Request.Method.POST, "/watches", refused);
    assertThat(refused.body()).contains("too_many_watches", "You have 125 watches");
    assertThat(watch("Another", session(other), "", other).statusCode()).isEqualTo(201);
  }

  @Test
  void ofNames() throws Exception {
    String[] one = access.key("operator");
    String[] other = access.key("operator");
    String ours = session(one);
    assertThat(watch("Gate", ours, "", one).statusCode()).isEqualTo(201);
    assertThat(watch("gate", session(other), "", other).statusCode()).isEqualTo(201);
    HttpResponse<String> again = watch("GATE", ours, "", one);
    assertThat(again.statusCode()).isEqualTo(422);
    assertThat(again.body()).contains("another watch of yours has this name");
    // The owner of a session may rename an administrator's watch on it, and does not learn the
    // names of hidden watches.
    String[] admin = access.admin().headers();
    assertThat(watch("Hidden", session(admin), "", admin).statusCode()).isEqualTo(201);
    String shown = id(watch("Seen", ours, "", admin));
    assertThat(renamed(shown, "Hidden", one).statusCode()).isEqualTo(200);
  }

  @Test
  void andCannotUseEndpointsOfOthers() throws Exception {
    String[] one = access.key("operator");
    String[] other = access.key("operator");
    String ours = session(one);
    String own = id(endpoint(one));
    String strange = id(endpoint(other));
    for (String bad : new String[] {strange, "ep_nothing"}) {
      HttpResponse<String> refused = watch("Bad", ours, ",\"deliver_to\":[\"" + bad + "\"]", one);
      assertThat(refused.statusCode()).as(bad).isEqualTo(422);
      CONTRACT.fits(Request.Method.POST, "/watches", refused);
      assertThat(refused.body())
          .contains("deliver_to has \\\"%s\\\" but must have ids of your endpoints".formatted(bad));
    }
    String watch = id(watch("Good", ours, ",\"deliver_to\":[\"" + own + "\"]", one));
    assertThat(changed(watch, "{\"deliver_to\":[\"%s\"]}".formatted(strange), one).statusCode())
        .isEqualTo(422);
    assertThat(changed(watch, "{\"cooldown\":7}", one).statusCode()).isEqualTo(200);
    assertThat(client.send(client.to("/endpoints/" + own, one).DELETE()).statusCode())
        .isEqualTo(204);
    assertThat(TestClient.json(client.get("/watches/" + watch, one)).get("deliver_to")).isEmpty();
  }

  /** Seen: the error named a session that the caller may not see. */
  @Test
  void aTrialRevealsNoSessionsOfOthers() throws Exception {
    String[] one = access.key("operator");
    String[] admin = access.admin().headers();
    String ours = session(one);
    String hidden = session(admin);
    String watch =
        id(
            access.post(
                "/watches",
                "{\"name\":\"Both\",\"sessions\":[\"%s\",\"%s\"],\"when\":{\"expression\":\"people > 3\"}}"
                    .formatted(ours, hidden),
                admin));
    HttpResponse<String> tried = access.post("/watches/" + watch + "/try", "{}", one);
    assertThat(tried.statusCode()).as(tried.body()).isEqualTo(200);
    assertThat(tried.body()).doesNotContain(hidden);
  }

  private static HttpResponse<String> endpoint(String... by) throws Exception {
    return access.post(
        "/endpoints",
        "{\"name\":\"Hook\",\"kind\":\"webhook\",\"url\":\"http://127.0.0.1:9/hook\"}",
        by);
  }

  private static HttpResponse<String> watch(String name, String session, String more, String... by)
      throws Exception {
    return access.post(
        "/watches",
        "{\"name\":\"%s\",\"sessions\":[\"%s\"],\"when\":{\"expression\":\"people > 3\"}%s}"
            .formatted(name, session, more),
        by);
  }

  private static HttpResponse<String> renamed(String watch, String name, String... by)
      throws Exception {
    return changed(watch, "{\"name\":\"%s\"}".formatted(name), by);
  }

  private static HttpResponse<String> changed(String watch, String body, String... by)
      throws Exception {
    return client.send(
        client
            .to("/watches/" + watch, AccessFixture.json(by))
            .method("PATCH", BodyPublishers.ofString(body)));
  }

  private static String id(HttpResponse<String> made) throws Exception {
    return TestClient.json(AccessFixture.ok(made)).path("id").asText();
  }

  private static String session(String... by) throws Exception {
    return access.uploaded(TestVideos.moving(folder, 1), by);
  }
}
