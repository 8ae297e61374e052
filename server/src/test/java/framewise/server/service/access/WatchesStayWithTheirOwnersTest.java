package framewise.server.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.AccessFixture;
import framewise.server.service.AccessFixture.Browser;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Regression: after a session was deleted, its watches applied to another user's session that was
 * opened from a bundle under the same id; their owner could neither see nor delete them.
 */
@Timeout(120)
class WatchesStayWithTheirOwnersTest {
  private static final String START =
      "{\"prompt\": \"Describe\", \"pace\": \"fast\", \"delay_seconds\": 1}";

  @TempDir Path folder;
  private final AtomicInteger asked = new AtomicInteger();
  private final ScriptedBackend backend =
      new ScriptedBackend(
          (clip, question) -> {
            asked.incrementAndGet();
            return "{\"verdict\": \"yes\"}";
          });
  private Path data;

  @BeforeEach
  void place() {
    data = folder.resolve("data");
  }

  @Test
  void watchesAreDeletedWithTheirSession() throws Exception {
    try (var service = RunningService.on(data, backend)) {
      TestClient client = service.client();
      var access = new AccessFixture(client);
      Browser olga = access.account("Olga", "operator");
      Browser boris = access.account("Boris", "operator");
      String id = access.uploaded(TestVideos.moving(folder, 2), olga.headers());
      String other = access.uploaded(TestVideos.moving(folder, 3), olga.headers());
      byte[] bundle = bundle(client, id, olga);
      String alone = watch(access, "Alone", olga, id);
      String both = watch(access, "Both", olga, id, other);

      delete(client, "/sessions/" + id, olga);
      assertThat(client.get("/watches/" + alone, olga.headers()).statusCode()).isEqualTo(404);
      assertThat(sessions(client, both, olga)).containsExactly(other);

      assertThat(opened(client, bundle, boris)).isEqualTo(id);
      assertThat(TestClient.json(client.get("/watches", boris.headers())).path("total").asInt())
          .isZero();
      assertThat(sessions(client, both, olga)).containsExactly(other);
    }
    try (var service = RunningService.on(data, backend)) {
      JsonNode kept = TestClient.json(service.client().get("/watches", admin(service)));
      assertThat(kept.path("watches").findValuesAsText("name")).containsExactly("Both");
    }
  }

  @Test
  void orphanedWatchesAreDeletedAtTheStart() throws Exception {
    String id;
    try (var service = RunningService.on(data, backend)) {
      var access = new AccessFixture(service.client());
      Browser olga = access.account("Olga", "operator");
      id = access.uploaded(TestVideos.moving(folder, 2), olga.headers());
      String _ = watch(access, "Left over", olga, id);
    }
    sql("DELETE FROM session WHERE id = '" + id + "'");
    try (var service = RunningService.on(data, backend)) {
      assertThat(
              TestClient.json(service.client().get("/watches", admin(service)))
                  .path("total")
                  .asInt())
          .isZero();
    }
  }

  @Test
  void aWatchSeesOnlyWhatItsOwnerSees() throws Exception {
    try (var service = RunningService.on(data, backend)) {
      TestClient client = service.client();
      var access = new AccessFixture(client);
      Browser olga = access.account("Olga", "operator");
      Browser boris = access.account("Boris", "operator");
      String id = access.uploaded(TestVideos.moving(folder, 4), olga.headers());
      String watch = watch(access, "Any", olga, id);
      sql(
          """
          UPDATE session_grant SET subject =
            'account:' || (SELECT id FROM account WHERE name = 'Boris') WHERE owner = 1
          """);
      AccessFixture.ok(access.post("/start-stream/" + id, START, boris.headers()));
      client.socket("/ws/" + id + "?since=0", boris.headers()).untilEnd();
      assertThat(asked.get()).isPositive();
      assertThat(incidents(client, boris)).isEmpty();

      JsonNode mine = TestClient.json(client.get("/watches/" + watch, olga.headers()));
      assertThat(mine.path("sessions")).isEmpty();
      assertThat(mine.path("own").asBoolean()).isTrue();
      assertThat(TestClient.json(client.get("/watches", olga.headers())).path("total").asInt())
          .isEqualTo(1);
      delete(client, "/watches/" + watch, olga);
    }
  }

  @Test
  void anOwnersWatchOpensIncidents() throws Exception {
    try (var service = RunningService.on(data, backend)) {
      TestClient client = service.client();
      var access = new AccessFixture(client);
      Browser olga = access.account("Olga", "operator");
      String id = access.uploaded(TestVideos.moving(folder, 4), olga.headers());
      String _ = watch(access, "Any", olga, id);
      AccessFixture.ok(access.post("/start-stream/" + id, START, olga.headers()));
      client.socket("/ws/" + id + "?since=0", olga.headers()).untilEnd();
      assertThat(incidents(client, olga)).isNotEmpty();
    }
  }

  private static JsonNode incidents(TestClient client, Browser by) throws Exception {
    return TestClient.json(client.get("/incidents", by.headers())).required("incidents");
  }

  private static String watch(AccessFixture access, String name, Browser by, String... sessions)
      throws IOException, InterruptedException {
    return TestClient.json(
            AccessFixture.ok(
                access.post(
                    "/watches",
                    "{\"name\":\"%s\",\"when\":{\"expression\":\"verdict == \\\"yes\\\"\"},\"sessions\":[\"%s\"]}"
                        .formatted(name, String.join("\",\"", sessions)),
                    by.headers())))
        .required("id")
        .asText();
  }

  private static List<String> sessions(TestClient client, String watch, Browser by)
      throws IOException, InterruptedException {
    List<String> ids = new ArrayList<>();
    TestClient.json(AccessFixture.ok(client.get("/watches/" + watch, by.headers())))
        .required("sessions")
        .forEach(id -> ids.add(id.asText()));
    return ids;
  }

  private static void delete(TestClient client, String path, Browser by)
      throws IOException, InterruptedException {
    AccessFixture.ok(client.send(client.to(path, by.headers()).DELETE()));
  }

  private static byte[] bundle(TestClient client, String id, Browser by)
      throws IOException, InterruptedException {
    return client
        .sendForBytes(client.to("/sessions/" + id + "/bundle.zip", by.headers()).GET())
        .body();
  }

  private static String opened(TestClient client, byte[] bundle, Browser by)
      throws IOException, InterruptedException {
    List<String> headers = new ArrayList<>(List.of(by.headers()));
    headers.addAll(
        List.of("Content-Type", "multipart/form-data; boundary=" + TestClient.boundary()));
    HttpResponse<String> response =
        client.send(
            client
                .to("/sessions/bundle", headers.toArray(new String[0]))
                .POST(TestClient.form("file", "bundle.zip", BodyPublishers.ofByteArray(bundle))));
    return TestClient.json(AccessFixture.ok(response)).required("session_id").asText();
  }

  private static String[] admin(RunningService service) throws IOException, InterruptedException {
    return AccessFixture.browser(
            service
                .client()
                .post(
                    "/access/sign-in",
                    "{\"name\":\"Ada\",\"password\":\"%s\"}".formatted(AccessFixture.PASSWORD)))
        .headers();
  }

  private void sql(String statement) throws Exception {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("framewise.db"));
        var change = connection.createStatement()) {
      change.execute("PRAGMA foreign_keys = ON");
      change.execute("PRAGMA busy_timeout = 5000");
      assertThat(change.executeUpdate(statement)).isPositive();
    }
  }
}
