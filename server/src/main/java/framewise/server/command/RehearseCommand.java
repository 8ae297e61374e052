package framewise.server.command;

import framewise.engine.WallClock;
import framewise.server.config.Setting;
import framewise.server.config.Settings;
import framewise.server.config.SettingsException;
import framewise.server.service.Service;
import framewise.vision.UnavailableBackend;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Starts the service on a free local port, requests what a browser requests first, and exits. The
 * launcher runs it once per build to record the JVM's startup cache, which makes later starts
 * faster.
 */
@Command(name = "rehearse", hidden = true, description = "start, answer some requests, end")
public final class RehearseCommand implements Callable<Integer> {
  private static final List<String> FIRST_REQUESTS =
      List.of("/", "/console/", "/backends", "/sessions", "/health/ready", "/metrics");

  private final Path parent;

  public RehearseCommand() {
    this(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * @param parent where the temporary data folder is created and deleted
   */
  RehearseCommand(Path parent) {
    this.parent = parent;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SettingsException {
    Path folder = Files.createTempDirectory(parent, "framewise-rehearsal");
    try {
      rehearse(folder);
    } finally {
      delete(folder);
    }
    return 0;
  }

  private static void rehearse(Path folder)
      throws IOException, InterruptedException, SettingsException {
    Settings settings =
        Settings.read(
            Map.of(
                Setting.BACKEND_HOST.name(), "127.0.0.1",
                Setting.BACKEND_PORT.name(), "0",
                Setting.FRAMEWISE_DATA.name(), folder.toString()));
    var nobody = new UnavailableBackend("builtin", "This is a rehearsal.");
    try (Service service = new Service(settings, nobody, WallClock.system());
        HttpClient client = HttpClient.newHttpClient()) {
      service.start();
      for (String path : FIRST_REQUESTS) {
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path)).build(),
            HttpResponse.BodyHandlers.discarding());
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
