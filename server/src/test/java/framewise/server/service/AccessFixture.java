package framewise.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Adds accounts and keys of every role to a service, and makes calls with them. */
public final class AccessFixture {
  public static final String PASSWORD = "correct horse battery";

  private final TestClient client;
  private final Browser admin;

  /** Browser in which an account is signed in. */
  public record Browser(String cookie, String csrf) {
    public String[] headers() {
      return new String[] {"Cookie", cookie, "X-CSRF-Token", csrf};
    }
  }

  /** Creates the first account. */
  public AccessFixture(TestClient client) throws IOException, InterruptedException {
    this.client = client;
    this.admin =
        browser(
            client.post(
                "/access/setup", "{\"name\":\"Ada\",\"password\":\"%s\"}".formatted(PASSWORD)));
  }

  public Browser admin() {
    return admin;
  }

  public Browser account(String name, String role) throws IOException, InterruptedException {
    ok(
        post(
            "/access/accounts",
            "{\"name\":\"%s\",\"role\":\"%s\",\"password\":\"%s\"}".formatted(name, role, PASSWORD),
            admin.headers()));
    return signIn(name);
  }

  public Browser signIn(String name) throws IOException, InterruptedException {
    return browser(
        client.post(
            "/access/sign-in", "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(name, PASSWORD)));
  }

  /** Header with a new key. */
  public String[] key(String role) throws IOException, InterruptedException {
    JsonNode made =
        TestClient.json(
            ok(
                post(
                    "/access/keys",
                    "{\"name\":\"of %s\",\"role\":\"%s\"}".formatted(role, role),
                    admin.headers())));
    return bearer(made.required("key").asText());
  }

  public static String[] bearer(String key) {
    return new String[] {"Authorization", "Bearer " + key};
  }

  public HttpResponse<String> post(String path, String json, String... headers)
      throws IOException, InterruptedException {
    return client.send(client.to(path, json(headers)).POST(BodyPublishers.ofString(json)));
  }

  /** Headers of a call with a JSON body. */
  public static String[] json(String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Content-Type", "application/json"));
    return all.toArray(new String[0]);
  }

  /** Uploads a video. */
  public String uploaded(Path video, String... headers) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Content-Type", "multipart/form-data; boundary=" + TestClient.boundary()));
    return TestClient.json(
            ok(
                client.send(
                    client
                        .to("/upload-video", all.toArray(new String[0]))
                        .POST(TestClient.form("file", "a.mp4", BodyPublishers.ofFile(video))))))
        .required("session_id")
        .asText();
  }

  public static HttpResponse<String> ok(HttpResponse<String> response) {
    if (response.statusCode() >= 300) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return response;
  }

  public static Browser browser(HttpResponse<String> response) throws IOException {
    ok(response);
    String cookie =
        response.headers().allValues("Set-Cookie").stream()
            .filter(one -> one.matches("framewise-[0-9a-f]{8}=.*"))
            .findFirst()
            .orElseThrow();
    return new Browser(
        cookie.substring(0, cookie.indexOf(';')),
        TestClient.json(response).required("csrf_token").asText());
  }
}
