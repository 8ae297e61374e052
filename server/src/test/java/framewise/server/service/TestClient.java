package framewise.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Client of a service on this machine, over real sockets. */
public final class TestClient implements AutoCloseable {
  public static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String BOUNDARY = "a-boundary-for-tests";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final int port;
  private final HttpClient http;

  public TestClient(int port) {
    this(port, HttpClient.newBuilder());
  }

  /** Client that connects from another address of this machine. */
  public TestClient(int port, String from) {
    this(port, HttpClient.newBuilder().localAddress(InetAddress.ofLiteral(from)));
  }

  private TestClient(int port, HttpClient.Builder http) {
    this.port = port;
    this.http = http.version(HttpClient.Version.HTTP_1_1).build();
  }

  public int port() {
    return port;
  }

  /** Starts a request; headers as name and value in turn. */
  public HttpRequest.Builder to(String path, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE);
    return headers.length == 0 ? request : request.headers(headers);
  }

  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  public HttpResponse<byte[]> sendForBytes(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  public HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send(to(path, headers).GET());
  }

  public HttpResponse<String> post(String path, String json)
      throws IOException, InterruptedException {
    return send(to(path, "Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
  }

  public HttpResponse<String> patch(String path, String json)
      throws IOException, InterruptedException {
    return send(
        to(path, "Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(json)));
  }

  public HttpResponse<String> delete(String path) throws IOException, InterruptedException {
    return send(to(path).DELETE());
  }

  /** Builds a form with one file. */
  public HttpResponse<String> upload(String part, String filename, BodyPublisher content)
      throws IOException, InterruptedException {
    return send(
        to("/upload-video", "Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(form(part, filename, content)));
  }

  public HttpResponse<String> upload(Path video) throws IOException, InterruptedException {
    return upload("file", String.valueOf(video.getFileName()), BodyPublishers.ofFile(video));
  }

  /** Uploads a video and starts its session. */
  public String stream(Path video, String start) throws IOException, InterruptedException {
    String id = uploaded(video);
    var started = post("/start-stream/" + id, start);
    if (started.statusCode() != 200) {
      throw new AssertionError(started.body());
    }
    return id;
  }

  /** Uploads a video and returns the id of its session. */
  public String uploaded(Path video) throws IOException, InterruptedException {
    return json(upload(video)).required("session_id").asText();
  }

  /** Calls an agent's tool and returns the result. */
  public JsonNode callTool(String tool, String arguments) throws IOException, InterruptedException {
    return mcp("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s}}"
            .formatted(tool, arguments))
        .path("result");
  }

  /** Sends an agent's message, which must succeed, and returns the response. */
  public JsonNode mcp(String message) throws IOException, InterruptedException {
    HttpResponse<String> response =
        send(
            to(
                    "/mcp",
                    "Content-Type",
                    "application/json",
                    "Accept",
                    "application/json, text/event-stream")
                .POST(BodyPublishers.ofString(message)));
    if (response.statusCode() != 200) {
      throw new AssertionError(
          "%d for %s: %s".formatted(response.statusCode(), message, response.body()));
    }
    String body = response.body();
    return JSON.readTree(body.substring(body.indexOf("{\"jsonrpc\"")));
  }

  public EventClient socket(String path, String... headers) {
    return EventClient.open(http, URI.create("ws://127.0.0.1:" + port + path), headers);
  }

  public static BodyPublisher form(String part, String filename, BodyPublisher content) {
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            .formatted(BOUNDARY, part, filename);
    return BodyPublishers.concat(
        BodyPublishers.ofString(head), content, BodyPublishers.ofString(end()));
  }

  public static String boundary() {
    return BOUNDARY;
  }

  public static String end() {
    return "\r\n--" + BOUNDARY + "--\r\n";
  }

  public static JsonNode json(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body().getBytes(StandardCharsets.UTF_8));
  }

  public static List<String> fieldNames(JsonNode object) {
    return object.properties().stream().map(field -> field.getKey()).toList();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
