package framewise.dev.launcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An HTTP server with the archive of a small JDK. Thread-safe. */
final class Mirror implements AutoCloseable {
  static final String ARCHIVE = "/OpenJDK25U-jdk_hotspot.tar.gz";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile int cutAt = Integer.MAX_VALUE;
  private volatile @Nullable CountDownLatch gate;

  /**
   * Starts it on a free port.
   *
   * @param folder folder in which the archive is made
   * @param version version of its JDK, such as {@code 25.0.9}
   */
  Mirror(Path folder, String version) throws Exception {
    byte[] archive = jdk(folder, version);
    files.put(ARCHIVE, archive);
    files.put(
        ARCHIVE + ".sha256.txt",
        (sha256(archive) + "  OpenJDK25U.tar.gz\n").getBytes(StandardCharsets.UTF_8));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Its address, without a trailing slash. */
  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The address of the archive. */
  String archive() {
    return address() + ARCHIVE;
  }

  /** Serves another text at a path. */
  void put(String path, String text) {
    files.put(path, text.getBytes(StandardCharsets.UTF_8));
  }

  void remove(String path) {
    files.remove(path);
  }

  /** Closes the connection after this many bytes of the archive. */
  void cutAt(int bytes) {
    cutAt = bytes;
  }

  /** Holds the archive back until the latch opens. */
  void holdUntil(CountDownLatch latch) {
    gate = latch;
  }

  /** The requested paths, without queries. */
  List<String> asked() {
    return asked;
  }

  @Override
  public void close() {
    server.stop(0);
    // A held response may never be sent.
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path);
    byte[] content = files.get(path);
    try (exchange) {
      if (content == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      CountDownLatch wait = gate;
      if (wait != null && path.equals(ARCHIVE)) {
        wait.await();
      }
      exchange.sendResponseHeaders(200, content.length);
      OutputStream body = exchange.getResponseBody();
      int length = path.equals(ARCHIVE) ? Math.min(cutAt, content.length) : content.length;
      body.write(content, 0, length);
      body.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] jdk(Path folder, String version) throws Exception {
    Path home = folder.resolve("jdk-" + version + "+7");
    Path bin = Files.createDirectories(home.resolve("bin"));
    for (String program : List.of("java", "javac")) {
      Path file = Files.writeString(bin.resolve(program), "#!/bin/sh\necho " + program + "\n");
      if (!file.toFile().setExecutable(true)) {
        throw new IOException(file + " cannot be made executable");
      }
    }
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
    Path archive = folder.resolve("jdk.tar.gz");
    Process tar =
        new ProcessBuilder(
                "tar",
                "-czf",
                archive.toString(),
                "-C",
                folder.toString(),
                String.valueOf(home.getFileName()))
            .inheritIO()
            .start();
    if (tar.waitFor() != 0) {
      throw new IOException("tar failed");
    }
    return Files.readAllBytes(archive);
  }

  private static String sha256(byte[] content) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }
}
