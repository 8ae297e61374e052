package framewise.server.service.contract;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import framewise.server.service.AccessFixture;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls all routes with no key, a wrong key and a key of each role: each admits exactly the roles
 * in {@code openapi.yaml}.
 */
@Timeout(180)
class EveryRouteAsksForItsRoleTest {
  /** Routes that need a stream's token, whatever the caller's role. */
  private static final Set<String> TOKENED = Set.of("/rtc/validate", "/rtc/v1/validate");

  private static final Contract CONTRACT = new Contract("openapi.yaml", "");
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Contract OVERSHOOT = new Contract("overshoot.yaml", "/api/v0.2");
  private static final Map<String, Contract> CONTRACTS =
      Map.of("/api/v0.2", OVERSHOOT, "/v0.2", OVERSHOOT);
  private static final Map<String, Set<String>> LET_IN =
      Map.of(
          "monitor", Set.of("monitor", "admin"),
          "viewer", Set.of("viewer", "operator", "admin"),
          "operator", Set.of("operator", "admin"),
          "admin", Set.of("admin"));
  private static final List<String> ROLES = List.of("monitor", "viewer", "operator", "admin");

  @TempDir static Path folder;
  private static RunningService service;
  private static TestClient client;
  private static AccessFixture access;
  private static final Map<String, String[]> keys = new LinkedHashMap<>();

  @BeforeAll
  static void start() throws Exception {
    service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo());
    client = service.client();
    access = new AccessFixture(client);
    for (String role : ROLES) {
      keys.put(role, access.key(role));
    }
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void theContractsStateTheRolesOfTheRoutes() {
    // The third contract has its own test.
    for (Route route :
        Stream.concat(service.routes().stream(), service.overshootRoutes().stream()).toList()) {
      assertThat(needed(route))
          .as("%s %s", route.method(), route.path())
          .isEqualTo(written(route.access()));
      assertThat(security(route).contains("token"))
          .as("a token opens %s %s", route.method(), route.path())
          .isEqualTo(route.access() == RouteAccess.SHOWN);
    }
  }

  @Test
  void linksAndTokensOpenTheirSessionOnly() throws Exception {
    String[] maker = access.key("operator");
    String own = access.uploaded(TestVideos.moving(folder, 1), maker);
    String other = access.uploaded(TestVideos.moving(folder, 1), maker);
    String token =
        TestClient.json(AccessFixture.ok(access.post("/sessions/" + own + "/token", "{}", maker)))
            .required("token")
            .asText();
    String share =
        TestClient.json(
                AccessFixture.ok(
                    access.post("/sessions/" + own + "/shares", "{\"link\": true}", maker)))
            .required("path")
            .asText();
    String cookie =
        client.get(share).headers().allValues("Set-Cookie").stream()
            .filter(one -> one.contains("link-"))
            .findFirst()
            .orElseThrow();
    String[] byLink = {"Cookie", cookie.substring(0, cookie.indexOf(';'))};
    for (Route route : all()) {
      if (route.access() == RouteAccess.PUBLIC) {
        continue;
      }
      boolean opens = route.access() == RouteAccess.SHOWN;
      String call = "%s %s".formatted(route.method(), route.path());
      for (int status :
          new int[] {status(route, own, token, new String[0]), status(route, own, "", byLink)}) {
        if (opens) {
          assertThat(status).as(call).isNotIn(401, 403);
        } else {
          assertThat(status).as(call).isIn(401, 403);
        }
      }
      if (opens && route.path().contains("{session_id}")) {
        assertThat(status(route, other, token, new String[0])).as(call).isEqualTo(404);
        assertThat(status(route, other, "", byLink)).as(call).isEqualTo(404);
      }
    }
    for (String list : List.of("/sessions", "/search?q=a", "/incidents", "/events?follow=false")) {
      assertThat(client.get(list, byLink).body()).as(list).doesNotContain(other);
    }
    assertThat(client.get("/docs", byLink[0], byLink[1], "Accept", "text/html").statusCode())
        .isEqualTo(302);
  }

  @Test
  void missingAndWrongKeysAreRefused() throws Exception {
    for (Route route : all()) {
      for (String[] headers :
          new String[][] {
            {}, AccessFixture.bearer("wrong"), {"Cookie", "framewise-0=" + "x".repeat(43)}
          }) {
        HttpResponse<String> answer = send(route, headers);
        String call = "%s %s -> %d".formatted(route.method(), route.path(), answer.statusCode());
        if (TOKENED.contains(route.path())) {
          assertThat(answer.statusCode()).as(call).isEqualTo(401);
        } else if (route.access() == RouteAccess.PUBLIC) {
          assertThat(answer.statusCode()).as(call).isNotIn(401, 403);
        } else {
          assertThat(answer.statusCode()).as(call).isEqualTo(401);
          assertThat(answer.headers().firstValue("WWW-Authenticate")).as(call).contains("Bearer");
        }
      }
    }
  }

  @Test
  void eachRoleHasItsRoutes() throws Exception {
    for (Route route : all()) {
      for (String role : ROLES) {
        boolean permitted =
            route.access() == RouteAccess.PUBLIC
                || LET_IN.getOrDefault(written(route.access()), Set.of()).contains(role);
        HttpResponse<String> answer = send(route, key(role));
        assertThat(answer.statusCode())
            .as("%s %s as %s: %s", route.method(), route.path(), role, answer.body())
            .satisfies(
                status -> {
                  if (TOKENED.contains(route.path())) {
                    assertThat(status).isEqualTo(401);
                  } else if (permitted) {
                    assertThat(status).isNotIn(401, 403);
                  } else {
                    assertThat(status).isEqualTo(403);
                  }
                });
      }
    }
  }

  @Test
  void sessionsOfOthersAreNotFound() throws Exception {
    var maker = access.key("operator");
    var stranger = access.key("operator");
    Path video = TestVideos.moving(folder, 2);
    String id =
        TestClient.json(
                client.send(
                    client
                        .to(
                            "/upload-video",
                            "Content-Type",
                            "multipart/form-data; boundary=" + TestClient.boundary(),
                            maker[0],
                            maker[1])
                        .POST(TestClient.form("file", "a.mp4", BodyPublishers.ofFile(video)))))
            .required("session_id")
            .asText();
    List<Route> ofSessions =
        all().stream()
            .filter(route -> route.path().contains("{session_id}"))
            .filter(route -> route.access() != RouteAccess.PUBLIC)
            .toList();
    assertThat(ofSessions).hasSizeGreaterThan(15);
    for (Route route : ofSessions) {
      // A viewer lacks the role where an operator is required, as above.
      List<String[]> others =
          route.access() == RouteAccess.OPERATOR
              ? List.<String[]>of(stranger)
              : List.of(stranger, key("viewer"));
      for (String[] other : others) {
        HttpResponse<String> answer = send(route, id, other);
        assertThat(answer.statusCode())
            .as("%s %s: %s", route.method(), route.path(), answer.body())
            .isEqualTo(404);
      }
    }
    assertThat(client.get("/sessions/" + id, stranger).body())
        .isEqualTo(client.get("/sessions/" + UUID.fromString(id), stranger).body())
        .contains("session_not_found");
    assertThat(client.get("/sessions", stranger).body()).doesNotContain(id);
    assertThat(client.get("/sessions", key("viewer")).body()).doesNotContain(id);
    assertThat(client.get("/sessions", maker).body()).contains(id);
    assertThat(client.get("/sessions", key("admin")).body()).contains(id);
    assertThat(client.get("/sessions/" + id, maker).statusCode()).isEqualTo(200);
    assertThat(client.get("/sessions/" + id + "/video", maker).statusCode()).isEqualTo(200);
    assertThat(client.send(client.to("/sessions/" + id, maker).DELETE()).statusCode())
        .isEqualTo(204);
  }

  private static String[] key(String role) {
    return Objects.requireNonNull(keys.get(role));
  }

  private static List<Route> all() {
    return Stream.of(service.routes(), service.overshootRoutes(), service.v1betaRoutes())
        .flatMap(List::stream)
        .toList();
  }

  private static HttpResponse<String> send(Route route, String... headers) throws Exception {
    return send(route, UUID.randomUUID().toString(), headers);
  }

  /** Does not wait for the end of a stream of events. */
  private static int status(Route route, String session, String token, String[] headers)
      throws Exception {
    HttpResponse<InputStream> answer =
        HTTP.send(request(route, session, token, headers).build(), BodyHandlers.ofInputStream());
    answer.body().close();
    return answer.statusCode();
  }

  /** Sends a body that no call accepts, so that the test changes nothing. */
  private static HttpResponse<String> send(Route route, String session, String[] headers)
      throws Exception {
    return client.send(request(route, session, "", headers));
  }

  private static HttpRequest.Builder request(
      Route route, String session, String token, String[] headers) {
    String path =
        route
            .path()
            .replace("{session_id}", session)
            .replace("{seq}", "1")
            .replace("<path>", "nothing.js")
            .replaceAll("\\{[a-z_]+\\}", "nothing")
            // Otherwise, the stream of all events never ends.
            .replaceAll("^/events$", "/events?follow=false");
    if (!token.isEmpty()) {
      path += (path.contains("?") ? "&token=" : "?token=") + token;
    }
    List<String> all = new ArrayList<>(List.of(headers));
    String type = route.path().startsWith("/whip") ? "application/sdp" : "application/json";
    all.addAll(List.of("Content-Type", type));
    boolean body = Set.of("POST", "PATCH").contains(route.method().name());
    String text = route.path().equals("/sessions/demo") ? "" : "{";
    return client
        .to(path, all.toArray(new String[0]))
        .method(
            route.method().name(), body ? BodyPublishers.ofString(text) : BodyPublishers.noBody());
  }

  private static String written(RouteAccess access) {
    return switch (access) {
      case PUBLIC -> "nobody";
      case MONITOR -> "monitor";
      case SHOWN, VIEWER -> "viewer";
      case OPERATOR -> "operator";
      case ADMIN, CREDENTIALS -> "admin";
    };
  }

  /** The route's role in its contract. */
  private static String needed(Route route) {
    List<String> schemes =
        security(route).stream()
            .filter(scheme -> !Set.of("account", "token").contains(scheme))
            .toList();
    assertThat(schemes).as(route.path()).hasSizeLessThanOrEqualTo(1);
    if (schemes.isEmpty()) {
      return "nobody";
    }
    return schemes.getFirst().equals("key") ? "operator" : schemes.getFirst();
  }

  private static List<String> security(Route route) {
    Contract contract = CONTRACTS.getOrDefault(base(route), CONTRACT);
    String name = route.path().substring(base(route).length()).replace("<path>", "{path}");
    PathItem path = Objects.requireNonNull(contract.document().getPaths().get(name), route.path());
    Operation operation =
        Objects.requireNonNull(
            path.readOperationsMap().get(PathItem.HttpMethod.valueOf(route.method().name())),
            route.path());
    List<SecurityRequirement> security =
        Objects.requireNonNullElse(operation.getSecurity(), contract.document().getSecurity());
    assertThat(security).as(route.path()).isNotNull();
    return security.stream().flatMap(requirement -> requirement.keySet().stream()).toList();
  }

  private static String base(Route route) {
    return CONTRACTS.keySet().stream()
        .filter(base -> route.path().startsWith(base + "/"))
        .findFirst()
        .orElse("");
  }
}
