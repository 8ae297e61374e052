package framewise.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code framewise mcp}: MCP over standard input and output for an agent on this machine. Sends
 * each line to {@code POST /mcp} of a running service, and writes the response as one line.
 */
@Command(
    name = "mcp",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    description =
        "Connects an agent on this machine to a running service: MCP over standard input and"
            + " output.")
public final class McpCommand implements Callable<Integer> {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofMinutes(6);
  private static final int MAX_CONCURRENT = 16;
  private static final int INTERNAL_ERROR = -32_603;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8000",
      description = "URL of the service (default: ${DEFAULT-VALUE})")
  private URI url = URI.create("http://127.0.0.1:8000");

  @Option(
      names = "--key",
      paramLabel = "KEY",
      defaultValue = "${env:FRAMEWISE_MCP_KEY:-}",
      description =
          "an API key, or set FRAMEWISE_MCP_KEY, which other users can't see; not needed on this machine before the first account")
  private Optional<String> key = Optional.empty();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return run(System.in, System.out);
  }

  /** Runs until the input ends. Writes responses as they arrive, in any order. */
  int run(InputStream in, PrintStream out) throws IOException, InterruptedException {
    var room = new Semaphore(MAX_CONCURRENT);
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          String message = line;
          room.acquire();
          threads.execute(
              () -> {
                try {
                  answer(http, message).ifPresent(text -> write(out, text));
                } finally {
                  room.release();
                }
              });
        }
      }
    }
    return 0;
  }

  private Optional<String> answer(HttpClient http, String message) {
    try {
      var request =
          HttpRequest.newBuilder(url.resolve("/mcp"))
              .timeout(TIMEOUT)
              .header("Content-Type", "application/json")
              .header("Accept", "application/json, text/event-stream")
              .POST(BodyPublishers.ofString(message));
      key.filter(text -> !text.isBlank())
          .ifPresent(text -> request.header("Authorization", "Bearer " + text));
      HttpResponse<String> answer =
          http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (answer.statusCode() / 100 == 2) {
        return Optional.of(answer.body()).filter(text -> !text.isBlank());
      }
      return error(message, reason(answer));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (IOException e) {
      return error(
          message,
          "Can't reach Framewise at %s. Start it with ./framewise, or set its URL with --url."
              .formatted(url));
    }
  }

  /** Error response; empty for a notification, which gets no response. */
  private static Optional<String> error(String message, String sentence) {
    try {
      JsonNode id = JSON.readTree(message).path("id");
      if (id.isMissingNode()) {
        return Optional.empty();
      }
      ObjectNode json = JSON.createObjectNode().put("jsonrpc", "2.0");
      json.set("id", id);
      json.putObject("error").put("code", INTERNAL_ERROR).put("message", sentence);
      return Optional.of(json.toString());
    } catch (IOException noJson) {
      return Optional.empty();
    }
  }

  private static String reason(HttpResponse<String> answer) {
    try {
      JsonNode json = JSON.readTree(answer.body());
      return json.path("detail").asText(json.path("message").asText(json.toString()));
    } catch (IOException noJson) {
      return "The service answered with status %d.".formatted(answer.statusCode());
    }
  }

  private static void write(PrintStream out, String text) {
    String line = text.replace("\n", " ").replace("\r", " ");
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }
}
