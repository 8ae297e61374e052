package framewise.testing;

import framewise.time.Deadline;
import framewise.time.WallClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server with a new cluster in a temporary folder, on a free port of this
 * machine. As root it runs as the user postgres, because PostgreSQL refuses root. Thread-safe.
 */
public final class PostgresServer implements AutoCloseable {
  /** Superuser of the cluster. */
  public static final String USER = "framewise";

  /** Password of {@link #USER}, with characters that a URL must encode. */
  public static final String PASSWORD = "s3cret/of@the:server";

  private static final String ENCODED = "s3cret%2Fof%40the%3Aserver";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final long STOP_SECONDS = 20;
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Path folder;
  private final int port;
  private final List<String> options;
  private Process process;

  private PostgresServer(Path folder, int port, List<String> options) {
    this.folder = folder;
    this.port = port;
    this.options = options;
    this.process = launch();
  }

  /** The server that all tests of this process share; it stops when the process ends. */
  public static PostgresServer shared() {
    return Shared.SERVER;
  }

  /**
   * Starts a server, for tests that stop or change it.
   *
   * @param options configuration settings, such as {@code fsync=on} (fsync is off by default)
   */
  public static PostgresServer start(String... options) {
    TestMachine.needs("postgresql");
    try {
      Path folder = Files.createTempDirectory("framewise-postgres-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Path password = Files.createTempFile("framewise-postgres-", ".password");
      Files.writeString(password, PASSWORD + "\n");
      if (isRoot()) {
        run(List.of("chown", "postgres", folder.toString(), password.toString()));
      }
      run(
          asServerUser(
              binary("initdb"),
              "--pgdata=" + folder.resolve("cluster"),
              "--username=" + USER,
              "--pwfile=" + password,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--no-locale",
              "--no-sync"));
      Files.delete(password);
      return new PostgresServer(folder, freePort(), List.of(options));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** CPU time used by its processes, including those of open connections. */
  public synchronized Duration cpu() {
    return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
        .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Port on the loopback address. */
  public int port() {
    return port;
  }

  /** Address of a new, empty database, with user and password. */
  public String newDatabase() {
    String name =
        "test_%d_%d".formatted(ProcessHandle.current().pid(), DATABASES.incrementAndGet());
    sql("postgres", "CREATE DATABASE " + name);
    return url(name);
  }

  /** Address of a database, with user and password. */
  public String url(String database) {
    return "postgresql://%s:%s@127.0.0.1:%d/%s".formatted(USER, ENCODED, port, database);
  }

  /** Runs statements with psql, each in its own transaction; returns what it prints, unaligned. */
  public String sql(String database, String... statements) {
    List<String> command =
        new ArrayList<>(
            List.of(
                binary("psql"),
                "--no-psqlrc",
                "--quiet",
                "--tuples-only",
                "--no-align",
                "--set=ON_ERROR_STOP=1",
                "--dbname=" + url(database)));
    for (String statement : statements) {
      command.add("--command=" + statement);
    }
    return run(command);
  }

  /** Stops the server as an operator does, without waiting for clients. */
  public synchronized void stop() {
    signal("INT");
  }

  /** Ends the server at once, without a clean shutdown. */
  public synchronized void kill() {
    signal("QUIT");
  }

  /** Starts it again, on the same port. */
  public synchronized void restart() {
    process = launch();
  }

  @Override
  public synchronized void close() {
    if (process.isAlive()) {
      signal("INT");
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void signal(String name) {
    // The started process may be a wrapper, so read the server's process id from its folder.
    run(List.of("kill", "-" + name, serverPid()));
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("PostgreSQL did not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String serverPid() {
    try {
      return Files.readAllLines(folder.resolve("cluster/postmaster.pid")).getFirst().strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process launch() {
    List<String> command =
        new ArrayList<>(
            asServerUser(
                binary("postgres"),
                "-D",
                folder.resolve("cluster").toString(),
                "-c",
                "port=" + port,
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "max_connections=100",
                "-c",
                "shared_buffers=16MB",
                "-c",
                "fsync=off"));
    // If an option occurs twice, the last value applies.
    options.forEach(option -> command.addAll(List.of("-c", option)));
    try {
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(folder.resolveSibling(log()).toFile()))
              .start();
      Deadline latest = Deadline.after(TIMEOUT);
      while (!accepts(started)) {
        if (latest.hasPassed()) {
          started.destroyForcibly();
          throw new AssertionError("PostgreSQL did not start on port " + port);
        }
        WallClock.system().sleep(PAUSE);
      }
      return started;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean accepts(Process started) {
    if (!started.isAlive()) {
      throw new AssertionError("PostgreSQL ended: see " + folder.resolveSibling(log()));
    }
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return sql("postgres", "SELECT 1").strip().equals("1");
    } catch (IOException | AssertionError notYet) {
      return false;
    }
  }

  private String log() {
    return folder.getFileName() + ".log";
  }

  private static List<String> asServerUser(String... command) {
    List<String> all = new ArrayList<>();
    if (isRoot()) {
      all.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    all.addAll(List.of(command));
    return all;
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Debian and Homebrew do not add the server's programs to the PATH. */
  private static String binary(String name) {
    for (String parent : List.of("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt")) {
      try (Stream<Path> versions = Files.list(Path.of(parent))) {
        List<Path> found =
            versions
                .filter(
                    version ->
                        parent.endsWith("postgresql")
                            || String.valueOf(version.getFileName())
                                .toLowerCase(Locale.ROOT)
                                .startsWith("postgresql"))
                .map(version -> version.resolve("bin").resolve(name))
                .filter(Files::isExecutable)
                .sorted()
                .toList();
        if (!found.isEmpty()) {
          return found.getLast().toString();
        }
      } catch (IOException noSuchFolder) {
        // try the next folder, then the PATH
      }
    }
    return name;
  }

  private static String run(List<String> command) {
    try {
      Path output = Files.createTempFile("framewise-postgres-", ".out");
      try {
        Process process =
            new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int code = process.waitFor();
        String text = Files.readString(output);
        if (code != 0) {
          throw new AssertionError("%s: %d%n%s".formatted(command.getFirst(), code, text));
        }
        return text;
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Started when the first test needs it. */
  private static final class Shared {
    static final PostgresServer SERVER = startOnce();

    private static PostgresServer startOnce() {
      PostgresServer server = start();
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-postgres"));
      return server;
    }
  }
}
