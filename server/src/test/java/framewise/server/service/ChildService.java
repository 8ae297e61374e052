package framewise.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Service in a separate process, started like a user starts it, so that tests can kill it. */
public final class ChildService implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("is ready: https?://[^:]+:(\\d+)/console/");

  private final Process process;
  private final TestClient client;

  private ChildService(Process process, int port) {
    this.process = process;
    this.client = new TestClient(port);
  }

  public static ChildService start(Path data, Map<String, String> environment, String... jvmOptions)
      throws IOException {
    return start(data, 0, environment, jvmOptions);
  }

  /**
   * Starts it on a port.
   *
   * @param port 0 for any that is free
   */
  public static ChildService start(
      Path data, int port, Map<String, String> environment, String... jvmOptions)
      throws IOException {
    Process process =
        launch(
            environment, jvmOptions, "--port", Integer.toString(port), "--data", data.toString());
    var log =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    List<String> lines = new ArrayList<>();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      lines.add(line);
      Matcher ready = READY.matcher(line);
      if (ready.find()) {
        Thread.ofVirtual().start(() -> log.lines().forEach(ChildService::pass));
        return new ChildService(process, Integer.parseInt(ready.group(1)));
      }
    }
    throw new AssertionError("the service did not start: " + lines);
  }

  /** Runs the program with these arguments, in an empty folder of settings. */
  public static Process launch(
      Map<String, String> environment, String[] jvmOptions, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    // The process lives only seconds.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(jvmOptions));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "framewise.server.Main"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("FRAMEWISE_"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  public TestClient client() {
    return client;
  }

  /** Sends it a signal, such as {@code STOP}. */
  public void signal(String name) throws IOException, InterruptedException {
    int sent =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (sent != 0) {
      throw new AssertionError("kill -" + name + " failed");
    }
  }

  /** Kills it like {@code kill -9}. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops it like {@code kill}. */
  public int terminate() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  public JsonNode session(String id) throws IOException, InterruptedException {
    return TestClient.json(client.get("/sessions/" + id));
  }

  @Override
  public void close() {
    client.close();
    process.destroyForcibly();
  }

  private static void pass(String line) {
    // drain the pipe, so that the child never blocks on it
  }
}
