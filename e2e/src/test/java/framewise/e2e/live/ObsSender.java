package framewise.e2e.live;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import framewise.e2e.NpmPackages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Sender that behaves like OBS Studio over WHIP, with OBS's library: libdatachannel, from the npm
 * package {@code node-datachannel}, which is under MPL 2.0. Does not contain OBS itself.
 */
final class ObsSender implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Process process;
  private final Path log;

  private ObsSender(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Encoder settings.
   *
   * @param fps pictures a second
   * @param keyframe pictures between key frames
   * @param late pictures that are sent before the connection is up
   */
  record Encoder(int fps, int keyframe, int late) {
    /** A key frame every second, as the docs recommend. */
    static final Encoder ADVISED = new Encoder(30, 30, 0);
  }

  /**
   * Clicks "Start Streaming".
   *
   * @param server URL in its settings
   * @param token the bearer token in its settings
   * @param words text in its picture
   * @param folder for its log
   */
  static ObsSender start(String server, String token, String words, Encoder encoder, Path folder)
      throws IOException {
    Path packages = NpmPackages.folder();
    // Node.js looks for packages beside the script.
    Path script = packages.resolve("obs-sender.cjs");
    try (InputStream in = ObsSender.class.getResourceAsStream("obs-sender.cjs")) {
      Files.copy(Objects.requireNonNull(in), script, StandardCopyOption.REPLACE_EXISTING);
    }
    JsonNode settings =
        JSON.createObjectNode()
            .put("server", server)
            .put("token", token)
            .put("words", words)
            .put("fps", encoder.fps())
            .put("keyframe", encoder.keyframe())
            .put("late", encoder.late());
    Path log = Files.createTempFile(folder, "obs", ".log");
    Process process =
        new ProcessBuilder("node", script.toString(), settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new ObsSender(process, log);
  }

  /** Its offer, and the service's response: {@code status}, {@code answer}, {@code location}. */
  JsonNode published() {
    return reported("status");
  }

  /** Session of its video. */
  String session() {
    String[] address = published().path("location").asText().split("/", -1);
    return address[address.length - 2];
  }

  /**
   * Clicks "Stop Streaming": closes the connection, then deletes the resource.
   *
   * @return status of the response to the deletion
   */
  int stop() throws IOException {
    try (Writer in = process.outputWriter()) {
      in.write("\n");
    }
    return reported("deleted").path("deleted").asInt();
  }

  /** Disappears without closing the connection, as when a cable is pulled. */
  @Override
  public void close() {
    // Ends its encoder first, which would be orphaned otherwise.
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }

  private JsonNode reported(String field) {
    await("OBS reports its " + field)
        .atMost(PATIENCE)
        .until(() -> find(field).isPresent() || !process.isAlive());
    return find(field).orElseThrow(() -> new AssertionError("it ended: " + log()));
  }

  private Optional<JsonNode> find(String field) {
    return log()
        .lines()
        .filter(line -> line.startsWith("{") && line.endsWith("}"))
        .map(ObsSender::parse)
        .filter(line -> line.has(field))
        .findFirst();
  }

  private String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
