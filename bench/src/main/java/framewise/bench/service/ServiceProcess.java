package framewise.bench.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A real service in a separate process, with the class path of this one. */
public final class ServiceProcess implements AutoCloseable {
  public static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String BOUNDARY = "a-boundary-of-the-bench";

  private final StartedService service;
  private final HttpClient http = HttpClient.newHttpClient();

  private ServiceProcess(StartedService service) {
    this.service = service;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param folder for its data and its log
   */
  public static ServiceProcess start(Path folder, Map<String, String> settings)
      throws IOException, InterruptedException {
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("FRAMEWISE_URL_SOURCES", "any");
    all.putIfAbsent("FRAMEWISE_FIND_LOCAL", "off");
    return new ServiceProcess(
        StartedService.start(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "framewise.server.Main"),
            folder,
            all));
  }

  public JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(send(request(path).GET()));
  }

  public JsonNode post(String path, String json) throws IOException, InterruptedException {
    return JSON.readTree(
        send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))));
  }

  /** Uploads a video, starts its session, and returns the session's id. */
  public String stream(Path video, String start) throws IOException, InterruptedException {
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n"
            .formatted(BOUNDARY, video.getFileName());
    String uploaded =
        send(
            request("/upload-video")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(
                    BodyPublishers.concat(
                        BodyPublishers.ofString(head),
                        BodyPublishers.ofFile(video),
                        BodyPublishers.ofString("\r\n--%s--\r\n".formatted(BOUNDARY)))));
    String id = JSON.readTree(uploaded).path("session_id").asText();
    JsonNode _ = post("/start-stream/" + id, start);
    return id;
  }

  /** All events of a session; waits for its end. */
  public List<JsonNode> log(String session) throws IOException, InterruptedException {
    List<JsonNode> events = new ArrayList<>();
    String stream = send(request("/events/%s?since=0".formatted(session)).GET());
    for (String line : stream.lines().toList()) {
      if (line.startsWith("data: ")) {
        events.add(JSON.readTree(line.substring("data: ".length())));
      }
    }
    return events;
  }

  /** CPU time used so far. */
  public Duration cpu() {
    return service.cpu();
  }

  /** Kills it like {@code kill -9}. */
  public void kill() throws InterruptedException {
    service.process().destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    http.shutdownNow();
    service.process().destroyForcibly();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(service.address() + path)).timeout(TIMEOUT);
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException("%s: %s".formatted(answer.uri(), answer.body()));
    }
    return answer.body();
  }
}
