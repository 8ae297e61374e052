package framewise.testing;

import framewise.time.Deadline;
import framewise.time.WallClock;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real S3-compatible server (S3Proxy) in a separate process: it checks signatures, and keeps
 * objects as files in a folder. It can be stopped, paused and started again on the same port.
 * Thread-safe.
 */
public final class S3Server implements AutoCloseable {
  /** Id of the access key. */
  public static final String ID = "framewise-test-key";

  /** The secret key. */
  public static final String SECRET = "framewise-test-secret";

  /** The only bucket. */
  public static final String BUCKET = "framewise-files";

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final long STOP_SECONDS = 20;

  private final Path folder;
  private final int port;
  private Process process;

  private S3Server(Path folder, int port) throws IOException {
    this.folder = folder;
    this.port = port;
    Files.createDirectories(bucket());
    Files.createDirectories(folder.resolve("settings"));
    Files.writeString(
        folder.resolve("settings/s3proxy.properties"),
        """
        s3proxy.endpoint=http://127.0.0.1:%d
        s3proxy.authorization=aws-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        # The session tokens of roles are in a header that it doesn't know.
        s3proxy.ignore-unknown-headers=true
        jclouds.provider=filesystem-nio2
        jclouds.filesystem.basedir=%s
        jclouds.identity=unused
        jclouds.credential=unused
        """
            .formatted(port, ID, SECRET, folder.resolve("objects")));
    Files.writeString(
        folder.resolve("settings/logback.xml"),
        """
        <configuration>
          <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>%d %level %msg%n</pattern></encoder>
          </appender>
          <root level="WARN"><appender-ref ref="OUT"/></root>
        </configuration>
        """);
    this.process = launch();
  }

  /**
   * Starts a server.
   *
   * @param folder for its objects
   */
  public static S3Server start(Path folder) {
    try {
      return new S3Server(folder.resolve("s3"), freePort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Port on the loopback address. */
  public int port() {
    return port;
  }

  /** URL of the server. */
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** Address of the files below a prefix, as in a setting. */
  public String location(String prefix) {
    return "s3://%s/%s?endpoint=%s&region=eu-central-1".formatted(BUCKET, prefix, endpoint());
  }

  /** Settings of a service that keeps its files here, below a prefix. */
  public Map<String, String> settings(String prefix) {
    return Map.of(
        "FRAMEWISE_FILES",
        location(prefix),
        "FRAMEWISE_S3_ACCESS_KEY_ID",
        ID,
        "FRAMEWISE_S3_SECRET_ACCESS_KEY",
        SECRET);
  }

  /** Keys of all objects whose key begins with a prefix, sorted. */
  public List<String> keys(String prefix) {
    Path bucket = bucket();
    var keys = new TreeSet<String>();
    try (Stream<Path> files = Files.walk(bucket)) {
      files
          .filter(Files::isRegularFile)
          .map(file -> bucket.relativize(file).toString())
          .filter(key -> key.startsWith(prefix))
          .forEach(keys::add);
    } catch (IOException | UncheckedIOException changedMeanwhile) {
      return keys(prefix);
    }
    return List.copyOf(keys);
  }

  /** Number of objects and of parts of unfinished ones. */
  public long stored() {
    try (Stream<Path> files = Files.walk(folder.resolve("objects"))) {
      return files.filter(Files::isRegularFile).count();
    } catch (IOException | UncheckedIOException changedMeanwhile) {
      return 0;
    }
  }

  /** Ends the server at once; connections to it are refused. */
  public synchronized void stop() {
    end(process);
  }

  /** Starts the server again. */
  public synchronized void restart() {
    end(process);
    process = launch();
  }

  /** Pauses the server: it accepts connections and does not answer. */
  public synchronized void pause() {
    signal("-STOP");
  }

  /** Lets it continue. */
  public synchronized void resume() {
    signal("-CONT");
  }

  @Override
  public synchronized void close() {
    signal("-CONT");
    end(process);
  }

  private Path bucket() {
    return folder.resolve("objects").resolve(BUCKET);
  }

  private void signal(String which) {
    if (process.isAlive()) {
      try {
        new ProcessBuilder("kill", which, Long.toString(process.pid())).start().waitFor();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Process launch() {
    try {
      Process started =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-Xmx256m",
                  "-cp",
                  classPath(),
                  "org.gaul.s3proxy.Main",
                  "--properties",
                  folder.resolve("settings/s3proxy.properties").toString())
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile()))
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started)));
      await(started);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The server's own libraries, which Maven copies, and the SDK that it shares with the product.
   */
  private String classPath() throws IOException {
    List<String> path = new ArrayList<>(List.of(folder.resolve("settings").toString()));
    try (Stream<Path> jars = Files.list(libraries())) {
      jars.map(Path::toString).forEach(path::add);
    }
    return String.join(File.pathSeparator, path);
  }

  private static Path libraries() {
    try {
      Path own =
          Path.of(S3Server.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return own.resolveSibling("s3proxy");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private void await(Process started) {
    Deadline end = Deadline.after(TIMEOUT);
    while (!accepts()) {
      if (!started.isAlive() || end.hasPassed()) {
        end(started);
        throw new IllegalStateException("the S3 server doesn't start: see " + folder);
      }
      try {
        WallClock.system().sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private boolean accepts() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static void end(Process process) {
    process.destroyForcibly();
    try {
      boolean _ = process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
