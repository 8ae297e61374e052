package framewise.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Service started by the launcher like a user does, on a free port and with its own data folder.
 */
public final class LaunchedService implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("is ready: https?://[^:]+:(\\d+)/");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final Path log;
  private final int port;

  private LaunchedService(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /**
   * Starts it and waits until it is ready; the launcher first builds what is outdated.
   *
   * @param root of the project
   * @param folder working folder, also for the data and the log
   * @param options of the launcher, after {@code run}
   */
  public static LaunchedService start(Path root, Path folder, String... options)
      throws IOException, InterruptedException {
    Path log = folder.resolve("service.log");
    ProcessBuilder builder =
        new ProcessBuilder(root.resolve("framewise").toString(), "run", "--port", "0");
    builder.command().addAll(List.of(options));
    builder.environment().put("FRAMEWISE_DATA", folder.resolve("data").toString());
    Process process =
        builder
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end) && process.isAlive()) {
      Matcher ready = READY.matcher(Files.readString(log));
      if (ready.find()) {
        return new LaunchedService(process, log, Integer.parseInt(ready.group(1)));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    process.destroyForcibly();
    throw new IOException("The service did not start: " + Files.readString(log));
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /** Its output so far. */
  public String log() throws IOException {
    return Files.readString(log);
  }

  /** Returns the body of a GET of {@code path}. */
  public String get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  /** Stops it like Ctrl-C. */
  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .orTimeout(10, TimeUnit.SECONDS)
        .exceptionally(late -> process.destroyForcibly())
        .join();
  }
}
