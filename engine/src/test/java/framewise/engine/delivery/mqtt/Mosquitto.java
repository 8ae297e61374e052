package framewise.engine.delivery.mqtt;

import framewise.testing.Machine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;

/** A real broker in a process of its own, with one user. */
final class Mosquitto implements AutoCloseable {
  static final String USER = "framewise";
  static final String PASSWORD = "a-password";

  private final Path folder;
  private final int port;
  private Process process;

  private Mosquitto(Path folder, int port) throws IOException, InterruptedException {
    this.folder = folder;
    this.port = port;
    this.process = start(folder);
  }

  static Mosquitto in(Path folder) throws IOException, InterruptedException {
    Machine.needs("mosquitto");
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
        """
            .formatted(port, users, System.getProperty("user.name")));
    return new Mosquitto(folder, port);
  }

  String url() {
    return "mqtt://127.0.0.1:" + port;
  }

  void stop() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void restart() throws IOException, InterruptedException {
    stop();
    process = start(folder);
  }

  /** Reads as Home Assistant does: whatever is retained, and what comes. */
  Reader reader() throws MqttException {
    return new Reader(port);
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
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new AssertionError(command[0] + " ended with " + exit);
    }
  }

  /** Brokers live in sbin, which is not in every user's path. */
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

  /** A subscriber of everything. */
  static final class Reader implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final MqttClient client;
    private final Map<String, String> last = new ConcurrentHashMap<>();
    private final Map<String, LinkedBlockingQueue<String>> all = new ConcurrentHashMap<>();

    private Reader(int port) throws MqttException {
      client = new MqttClient("tcp://127.0.0.1:" + port, "reader", new MemoryPersistence());
      var options = new MqttConnectionOptions();
      options.setUserName(USER);
      options.setPassword(PASSWORD.getBytes(StandardCharsets.UTF_8));
      client.connect(options);
      client.subscribe(
          new MqttSubscription[] {new MqttSubscription("#", 1)},
          new IMqttMessageListener[] {this::arrived});
    }

    /** The newest message of a topic; empty text where it was removed or never there. */
    String last(String topic) {
      return last.getOrDefault(topic, "");
    }

    /** The next message of a topic, waited for. */
    String next(String topic) throws InterruptedException {
      String text =
          all.computeIfAbsent(topic, one -> new LinkedBlockingQueue<>())
              .poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (text == null) {
        throw new AssertionError("nothing came on " + topic + "; topics: " + last.keySet());
      }
      return text;
    }

    private void arrived(String topic, MqttMessage message) {
      String text = new String(message.getPayload(), StandardCharsets.UTF_8);
      last.put(topic, text);
      all.computeIfAbsent(topic, one -> new LinkedBlockingQueue<>()).add(text);
    }

    @Override
    public void close() throws MqttException {
      client.disconnectForcibly(0, 1_000, false);
      client.close();
    }
  }
}
