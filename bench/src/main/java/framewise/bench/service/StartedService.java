package framewise.bench.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service that is ready, on a free port of the loopback address.
 *
 * @param process its process
 * @param address its URL, without a slash at its end
 */
public record StartedService(Process process, String address) implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("is ready: (http://[^/]+)/");
  private static final Duration LOOK = Duration.ofMillis(20);

  /**
   * Starts a service and waits until it is ready.
   *
   * @param command the program and its arguments
   * @param folder for its data and its log; those of an earlier service are kept
   * @param settings environment variables; Framewise's own and the providers' are not inherited
   *     from this process
   * @throws IOException when it ends before it is ready
   */
  public static StartedService start(
      List<String> command, Path folder, Map<String, String> settings)
      throws IOException, InterruptedException {
    Path log = folder.resolve("service.log");
    int before = Files.exists(log) ? Math.toIntExact(Files.size(log)) : 0;
    var builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.matches(".*_API_KEY|.*_BASE_URL|FRAMEWISE_.*"));
    environment.put("BACKEND_HOST", "127.0.0.1");
    environment.put("BACKEND_PORT", "0");
    environment.put("FRAMEWISE_DATA", folder.resolve("data").toString());
    environment.putAll(settings);
    Process process =
        builder
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    while (process.isAlive()) {
      Matcher ready = READY.matcher(since(log, before));
      if (ready.find()) {
        return new StartedService(process, ready.group(1));
      }
      Thread.sleep(LOOK);
    }
    throw new IOException("the service did not start: " + since(log, before));
  }

  /** CPU time used so far. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** Its resident memory in megabytes; 0 if the system has no {@code /proc}. */
  public long residentMegabytes() throws IOException {
    Path status = Path.of("/proc/%d/status".formatted(process.pid()));
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  /** Stops it like SIGTERM, and waits until it has ended. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  private static String since(Path log, int before) throws IOException {
    byte[] bytes = Files.readAllBytes(log);
    return new String(bytes, before, bytes.length - before, StandardCharsets.UTF_8);
  }
}
