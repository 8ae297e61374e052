package framewise.bench.incidents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real service in a process of its own, from the class path of this one. */
final class ServiceProcess implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern READY = Pattern.compile("is ready: (http://[^/]+)/");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String BOUNDARY = "a-boundary-of-the-bench";

  private final Process process;
  private final String address;
  private final HttpClient http = HttpClient.newHttpClient();

  private ServiceProcess(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param folder for its data and its log
   */
  static ServiceProcess start(Path folder, Map<String, String> settings)
      throws IOException, InterruptedException {
    Path log = folder.resolve("service.log");
    long before = Files.exists(log) ? Files.size(log) : 0;
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "framewise.server.Main");
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.matches(".*_API_KEY|.*_BASE_URL|FRAMEWISE_.*"));
    environment.put("BACKEND_HOST", "127.0.0.1");
    environment.put("BACKEND_PORT", "0");
    environment.put("FRAMEWISE_DATA", folder.resolve("data").toString());
    environment.put("FRAMEWISE_URL_SOURCES", "any");
    environment.put("FRAMEWISE_FIND_LOCAL", "off");
    environment.putAll(settings);
    Process process =
        builder
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    while (process.isAlive()) {
      byte[] bytes = Files.readAllBytes(log);
      String fresh =
          new String(bytes, (int) before, bytes.length - (int) before, StandardCharsets.UTF_8);
      Matcher ready = READY.matcher(fresh);
      if (ready.find()) {
        return new ServiceProcess(process, ready.group(1));
      }
      Thread.sleep(Duration.ofMillis(50));
    }
    throw new IOException("the service did not start: see " + log);
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(send(request(path).GET()));
  }

  JsonNode post(String path, String json) throws IOException, InterruptedException {
    return JSON.readTree(
        send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))));
  }

  /** Uploads a video, starts to ask about it, and returns the id of its session. */
  String stream(Path video, String start) throws IOException, InterruptedException {
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

  /** All events of a session, waited for until its end. */
  List<JsonNode> log(String session) throws IOException, InterruptedException {
    List<JsonNode> events = new ArrayList<>();
    String stream = send(request("/events/%s?since=0".formatted(session)).GET());
    for (String line : stream.lines().toList()) {
      if (line.startsWith("data: ")) {
        events.add(JSON.readTree(line.substring("data: ".length())));
      }
    }
    return events;
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    http.shutdownNow();
    process.destroyForcibly();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE);
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException("%s: %s".formatted(answer.uri(), answer.body()));
    }
    return answer.body();
  }
}
