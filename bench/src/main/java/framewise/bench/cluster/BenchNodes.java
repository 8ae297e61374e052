package framewise.bench.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.bench.service.ServiceProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Nodes in separate processes, with a shared database and folder for files. */
final class BenchNodes implements AutoCloseable {
  private static final String KEY = "a-cluster-key-of-forty-characters-at-all";

  private final Path folder;
  private final Map<String, String> settings;
  private final List<Integer> ports = new ArrayList<>();
  private final Map<Integer, ServiceProcess> running = new ConcurrentHashMap<>();

  /**
   * Starts nodes, one after the other.
   *
   * @param settings settings of all nodes, in addition to the required ones; NODE in the name of
   *     the model is replaced by the node's number
   */
  BenchNodes(Path folder, String database, int count, Map<String, String> settings)
      throws IOException, InterruptedException {
    this.folder = folder;
    this.settings = new HashMap<>(settings);
    this.settings.put("FRAMEWISE_DATABASE", database);
    this.settings.put("FRAMEWISE_CLUSTER_KEY", KEY);
    this.settings.put("FRAMEWISE_FILES", folder.resolve("files").toString());
    boolean started = false;
    try {
      for (int i = 0; i < count; i++) {
        ports.add(freePort());
        start(i);
      }
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  int count() {
    return ports.size();
  }

  /** Starts or restarts a node. */
  void start(int node) throws IOException, InterruptedException {
    Map<String, String> own = new HashMap<>(settings);
    own.put("BACKEND_PORT", Integer.toString(ports.get(node)));
    own.put("FRAMEWISE_NODE_URL", url(node));
    own.computeIfPresent("LOCAL_MODEL", (name, model) -> model.replace("NODE", "" + node));
    running.put(
        node, ServiceProcess.start(Files.createDirectories(folder.resolve("node-" + node)), own));
  }

  /** Kills a node as {@code kill -9} does. */
  void kill(int node) throws InterruptedException {
    ServiceProcess gone = running.remove(node);
    if (gone != null) {
      gone.kill();
    }
  }

  /** URL of a node. */
  String url(int node) {
    return "http://127.0.0.1:" + ports.get(node);
  }

  /** Whether the process of a node is running. */
  boolean isRunning(int node) {
    return running.containsKey(node);
  }

  ServiceProcess process(int node) {
    ServiceProcess found = running.get(node);
    if (found == null) {
      throw new IllegalStateException("node %d doesn't run".formatted(node));
    }
    return found;
  }

  /** A running node. */
  ServiceProcess any() {
    return running.values().iterator().next();
  }

  /** The node that owns a session; -1 for none. */
  int owner(String session) throws IOException, InterruptedException {
    String id = any().get("/sessions/" + session).at("/node/id").asText();
    for (JsonNode node : any().get("/nodes").path("nodes")) {
      if (node.path("id").asText().equals(id)) {
        String url = node.path("url").asText();
        return IntStream.range(0, count()).filter(i -> url(i).equals(url)).findFirst().orElse(-1);
      }
    }
    return -1;
  }

  @Override
  public void close() {
    running.values().forEach(ServiceProcess::close);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
