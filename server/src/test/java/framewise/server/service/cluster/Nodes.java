package framewise.server.service.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.ChildService;
import framewise.server.service.TestClient;
import framewise.testing.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Nodes in separate processes on this machine, with a shared database and folder. */
final class Nodes implements AutoCloseable {
  /** The cluster key that they share. */
  static final String KEY = "a-cluster-key-of-forty-characters-at-all";

  private static final int TRIES = 3;

  private final Path folder;
  private final String database;
  private final List<Integer> ports = new ArrayList<>();
  private final Map<Integer, ChildService> running = new HashMap<>();
  private final Map<String, String> settings;

  private Nodes(Path folder, String database, int count, Map<String, String> settings)
      throws IOException {
    this.folder = folder;
    this.database = database;
    this.settings = settings;
    for (int i = 0; i < count; i++) {
      ports.add(freePort());
    }
  }

  static Nodes start(Path folder, int count) throws IOException {
    return start(folder, PostgresServer.shared().newDatabase(), count, Map.of());
  }

  /**
   * Starts nodes.
   *
   * @param settings settings of all nodes, in addition to the required ones
   */
  static Nodes start(Path folder, String database, int count, Map<String, String> settings)
      throws IOException {
    var nodes = new Nodes(folder, database, count, settings);
    try {
      for (int i = 0; i < count; i++) {
        nodes.start(i);
      }
      return nodes;
    } catch (IOException | RuntimeException | Error e) {
      nodes.close();
      throw e;
    }
  }

  /** Starts or restarts a node. */
  void start(int node) throws IOException {
    start(node, Map.of());
  }

  /** Starts or restarts a node with further settings. */
  void start(int node, Map<String, String> own, String... jvmOptions) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("FRAMEWISE_DATABASE", database);
    environment.put("FRAMEWISE_CLUSTER_KEY", KEY);
    environment.put("FRAMEWISE_NODE_URL", "http://127.0.0.1:" + ports.get(node));
    environment.put("FRAMEWISE_FIND_LOCAL", "off");
    environment.put("FRAMEWISE_URL_SOURCES", "any");
    environment.put("BACKEND_HOST", "127.0.0.1");
    environment.put("FRAMEWISE_FILES", folder.resolve("files").toString());
    environment.putAll(settings);
    environment.putAll(own);
    running.put(node, supervised(node, environment, jvmOptions));
  }

  /**
   * Starts a node, and tries again like a supervisor: a start may fail while the machine is too
   * busy.
   */
  private ChildService supervised(int node, Map<String, String> environment, String... jvmOptions)
      throws IOException {
    for (int left = TRIES; ; left--) {
      try {
        return ChildService.start(
            folder.resolve("node-" + node), ports.get(node), environment, jvmOptions);
      } catch (AssertionError e) {
        if (left <= 1 || !String.valueOf(e.getMessage()).contains("can't be reached")) {
          throw e;
        }
      }
    }
  }

  /** Starts one more node, with further settings. */
  void add(Map<String, String> own, String... jvmOptions) throws IOException {
    ports.add(freePort());
    start(ports.size() - 1, own, jvmOptions);
  }

  /** URL of a node. */
  String url(int node) {
    return "http://127.0.0.1:" + ports.get(node);
  }

  int count() {
    return ports.size();
  }

  ChildService process(int node) {
    return Objects.requireNonNull(running.get(node));
  }

  TestClient client(int node) {
    return process(node).client();
  }

  /** The node that owns a session, according to node {@code asked}; -1 for none. */
  int owner(String session, int asked) throws IOException, InterruptedException {
    JsonNode shown = TestClient.json(client(asked).get("/sessions/" + session));
    String id = shown.at("/node/id").asText();
    String url =
        TestClient.json(client(asked).get("/nodes"))
            .path("nodes")
            .valueStream()
            .filter(node -> node.path("id").asText().equals(id))
            .map(node -> node.path("url").asText())
            .findFirst()
            .orElse("");
    return IntStream.range(0, ports.size())
        .filter(i -> url.equals("http://127.0.0.1:" + ports.get(i)))
        .findFirst()
        .orElse(-1);
  }

  void kill(int node) throws InterruptedException {
    process(node).kill();
  }

  @Override
  public void close() {
    running.values().forEach(ChildService::close);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
