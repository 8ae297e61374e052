package framewise.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A real STUN and TURN server in a separate process, with one user. */
public final class Coturn implements AutoCloseable {
  public static final String USER = "framewise";
  public static final String PASSWORD = "a-password";

  private final InetSocketAddress address;
  private final Process process;
  private final Queue<String> log = new ConcurrentLinkedQueue<>();

  private Coturn(InetSocketAddress address, Process process) {
    this.address = address;
    this.process = process;
  }

  /**
   * Starts one on a free port.
   *
   * @param address of this machine, not loopback
   * @param options further options, such as {@code --stale-nonce=1}
   */
  public static Coturn start(Path folder, InetAddress address, String... options)
      throws IOException {
    TestMachine.needs("coturn");
    int port = freePort(address);
    String ip = address.getHostAddress();
    List<String> command = new ArrayList<>();
    command.addAll(List.of("turnserver", "-n", "-v", "--no-tls", "--no-dtls", "--no-cli"));
    command.addAll(List.of("--no-tcp", "--listening-ip=" + ip, "--relay-ip=" + ip));
    command.addAll(List.of("--listening-port=" + port, "--lt-cred-mech"));
    command.addAll(List.of("--user=" + USER + ":" + PASSWORD, "--realm=framewise.example"));
    command.addAll(List.of("--log-file=stdout", "--simple-log"));
    command.add("--pidfile=" + folder.resolve("turn.pid"));
    command.add("--userdb=" + folder.resolve("turn.db"));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var started = new Coturn(new InetSocketAddress(address, port), process);
    started.awaitListener();
    return started;
  }

  public InetSocketAddress address() {
    return address;
  }

  /** Whether any logged line contains a text. */
  public boolean hasLogged(String text) {
    return log.stream().anyMatch(line -> line.contains(text));
  }

  /** Its log. */
  @Override
  public String toString() {
    return String.join("\n", log);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private void awaitListener() throws IOException {
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      log.add(line);
      if (line.contains("UDP listener opened")) {
        Thread.ofVirtual().start(() -> drain(lines));
        return;
      }
    }
    throw new AssertionError("coturn did not start: " + log);
  }

  private void drain(BufferedReader lines) {
    try {
      lines.lines().forEach(log::add);
    } catch (UncheckedIOException closed) {
      // the test is over
    }
  }

  private static int freePort(InetAddress address) throws IOException {
    try (var socket = new DatagramSocket(0, address)) {
      return socket.getLocalPort();
    }
  }
}
