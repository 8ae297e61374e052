package framewise.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The built jar as a process, on a free port of the loopback address that it keeps over restarts,
 * with an empty temporary data folder. As a JUnit extension in a static field it lives as long as
 * the tests of the class, and prints the end of its log beside a failed test. {@link #start} and
 * {@link #close} work without JUnit. Not thread-safe.
 */
public final class JarService
    implements AutoCloseable, BeforeAllCallback, AfterAllCallback, AfterTestExecutionCallback {
  private static final Duration START = Duration.ofSeconds(60);
  private static final int LOG_LINES = 120;
  private static final int ANY_PORT = 0;
  private static final Pattern READY = Pattern.compile("is ready: https?://[^:]+:(\\d+)/console/");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Each test JVM has its own, because they would write a shared one concurrently. */
  private static final Path ARCHIVE =
      Path.of("target", "service-" + System.getProperty("framewise.fork", "1") + ".jsa")
          .toAbsolutePath();

  private final Map<String, String> settings;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .sslContext(AnyCertificate.context())
          .build();
  private int port;
  private @Nullable Path folder;
  private @Nullable Process process;

  private JarService(Map<String, String> settings) {
    this.settings = settings;
  }

  /**
   * Creates a service for a JUnit extension field.
   *
   * @param settings environment variables in addition to the port, the host and the data folder
   */
  public static JarService with(Map<String, String> settings) {
    return new JarService(settings);
  }

  /** Starts it and waits until it is ready. */
  public JarService start() {
    try {
      if (folder == null) {
        folder = Files.createTempDirectory("framewise-e2e");
        port = ANY_PORT;
      }
      process = launch(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      await("the service is ready").atMost(START).until(this::ready);
    } catch (ConditionTimeoutException e) {
      kill();
      throw new IllegalStateException("it was not ready in time:\n" + log(), e);
    }
    return this;
  }

  /** Kills it without cleanup, like a power cut. Its port and data remain. */
  public void kill() {
    Process running = process;
    process = null;
    if (running != null) {
      running.destroyForcibly();
      running.onExit().join();
    }
  }

  @Override
  public void close() {
    Process running = process;
    if (running != null) {
      running.destroy();
      running.onExit().orTimeout(10, TimeUnit.SECONDS).handle((ended, late) -> ended).join();
    }
    kill();
    Path made = folder;
    // If the test class runs again, the service starts in a new folder.
    folder = null;
    if (made != null) {
      delete(made);
    }
  }

  /** Its URL, without a slash at its end. */
  public String address() {
    String scheme = settings.containsKey("FRAMEWISE_TLS") ? "https" : "http";
    return scheme + "://127.0.0.1:" + port;
  }

  /** Its port, once started. */
  public int port() {
    return port;
  }

  /** The URL for phones that the service reports, without a slash at its end. */
  public String phoneAddress() {
    return get("/phone").path("urls").path(0).asText().replace("/console/", "");
  }

  /** Folder of its uploads and its database. */
  public Path data() {
    return folder().resolve("data");
  }

  /** Its output. */
  public String log() {
    try {
      return Files.readString(folder().resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Sends a GET to the API.
   *
   * @return the response's body; the status must be below 300
   */
  public JsonNode get(String path) {
    return ask("GET", path, HttpRequest.BodyPublishers.noBody());
  }

  /**
   * Sends a POST without a body to the API.
   *
   * @return the response's body; the status must be below 300
   */
  public JsonNode post(String path) {
    return ask("POST", path, HttpRequest.BodyPublishers.noBody());
  }

  /**
   * Posts JSON to the API.
   *
   * @return the response's body; the status must be below 300
   */
  public JsonNode post(String path, Map<String, ?> fields) {
    String json = JSON.valueToTree(fields).toString();
    return ask("POST", path, HttpRequest.BodyPublishers.ofString(json));
  }

  /** Sends a DELETE to the API. */
  public void delete(String path) {
    JsonNode _ = ask("DELETE", path, HttpRequest.BodyPublishers.noBody());
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    start();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      List<String> lines = log().lines().toList();
      System.out.println("-- the service's log, at " + context.getDisplayName());
      lines.stream().skip(Math.max(0, lines.size() - LOG_LINES)).forEach(System.out::println);
    }
  }

  /** The built jar. */
  public static Path jar() {
    Path jar = Path.of(System.getProperty("framewise.root", ".."), "server/target/framewise.jar");
    assertThat(jar).as("built by: ./framewise build").exists();
    return jar;
  }

  private Process launch(Path in) throws IOException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            // Most of these processes run only for seconds: they share the class data archive that
            // the first one writes.
            "-XX:TieredStopAtLevel=1",
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=" + ARCHIVE,
            "-Xlog:cds=off",
            "-Xlog:aot=off",
            "--enable-native-access=ALL-UNNAMED",
            "-jar",
            jar().toAbsolutePath().toString());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.matches(".*_API_KEY|.*_BASE_URL|FRAMEWISE_.*"));
    environment.put("BACKEND_HOST", "127.0.0.1");
    environment.put("BACKEND_PORT", Integer.toString(port));
    environment.put("FRAMEWISE_DATA", data().toString());
    environment.putAll(settings);
    // An empty working folder, so that it does not read the developer's .env.
    return builder
        .directory(in.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(in.resolve("log").toFile()))
        .start();
  }

  private boolean ready() throws InterruptedException {
    Process running = Objects.requireNonNull(process);
    if (!running.isAlive()) {
      throw new IllegalStateException("it ended with " + running.exitValue() + ":\n" + log());
    }
    if (port == ANY_PORT) {
      Matcher said = READY.matcher(log());
      if (!said.find()) {
        return false;
      }
      port = Integer.parseInt(said.group(1));
    }
    try {
      var request = HttpRequest.newBuilder(URI.create(address() + "/health/ready")).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private JsonNode ask(String method, String path, HttpRequest.BodyPublisher body) {
    try {
      var request =
          HttpRequest.newBuilder(URI.create(address() + path))
              .header("Content-Type", "application/json")
              .method(method, body)
              .build();
      var answer = http.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isLessThan(300);
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path folder() {
    return Objects.requireNonNull(folder, "not started");
  }

  private static void delete(Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
