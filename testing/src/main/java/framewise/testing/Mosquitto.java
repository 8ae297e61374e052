package framewise.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real MQTT broker in a separate process, with one user. */
public final class Mosquitto implements AutoCloseable {
  public static final String USER = "framewise";
  public static final String PASSWORD = "a-password";

  private final Path folder;
  private final String scheme;
  private final int port;
  private Process process;

  private Mosquitto(Path folder, String scheme, int port) throws IOException, InterruptedException {
    this.folder = folder;
    this.scheme = scheme;
    this.port = port;
    this.process = start(folder);
  }

  /** Starts one on a free port of this machine. */
  public static Mosquitto in(Path folder) throws IOException, InterruptedException {
    return start(folder, "mqtt", "");
  }

  /** Starts one that speaks TLS with this certificate and key, both PEM. */
  public static Mosquitto encrypted(Path folder, Path certificate, Path key)
      throws IOException, InterruptedException {
    return start(folder, "mqtts", "certfile %s\nkeyfile %s\n".formatted(certificate, key));
  }

  private static Mosquitto start(Path folder, String scheme, String options)
      throws IOException, InterruptedException {
    TestMachine.needs("mosquitto");
    Path users = folder.resolve("users");
    Files.writeString(users, "");
    run("mosquitto_passwd", "-b", users.toString(), USER, PASSWORD);
    int port = freePort();
    Files.writeString(
        folder.resolve("mosquitto.conf"),
        """
        listener %d 127.0.0.1
        allow_anonymous false
        password_file %s
        persistence false
        log_dest stderr
        user %s
        %s
        """
            .formatted(port, users, System.getProperty("user.name"), options));
    return new Mosquitto(folder, scheme, port);
  }

  /** Address for endpoints. */
  public String url() {
    return "%s://127.0.0.1:%d".formatted(scheme, port);
  }

  public int port() {
    return port;
  }

  /** Kills it. */
  public void stop() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Starts it again, without the retained messages. */
  public void restart() throws IOException, InterruptedException {
    stop();
    process = start(folder);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private static Process start(Path folder) throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(
            binary("mosquitto"), "-v", "-c", folder.resolve("mosquitto.conf").toString());
    builder.redirectErrorStream(true);
    Process process = builder.start();
    var log =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      if (line.contains("running")) {
        Thread.ofVirtual().start(() -> log.lines().forEach(Mosquitto::pass));
        return process;
      }
    }
    throw new AssertionError("mosquitto did not start: exit " + process.waitFor());
  }

  private static void pass(String line) {
    // drain the pipe, so that the broker never blocks on it
  }

  private static void run(String... command) throws IOException, InterruptedException {
    command[0] = binary(command[0]);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    if (exit != 0) {
      throw new AssertionError("%s ended with %d: %s".formatted(command[0], exit, printed));
    }
  }

  /** Brokers are installed in sbin, which is not in every user's PATH. */
  private static String binary(String name) {
    for (String folder : new String[] {"/usr/sbin", "/usr/local/sbin", "/usr/bin"}) {
      if (Files.isExecutable(Path.of(folder, name))) {
        return Path.of(folder, name).toString();
      }
    }
    return name;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
