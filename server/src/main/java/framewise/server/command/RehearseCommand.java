package framewise.server.command;

import framewise.server.config.Setting;
import framewise.server.config.Settings;
import framewise.server.config.SettingsException;
import framewise.server.service.Service;
import framewise.time.WallClock;
import framewise.vision.UnavailableBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Starts the service on a free local port, uses it as its first users do, and exits. The launcher
 * runs it once per build to record the JVM's startup cache, which makes later starts and the first
 * answers faster.
 */
@Command(name = "rehearse", hidden = true, description = "start, answer some requests, end")
public final class RehearseCommand implements Callable<Integer> {
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
    try (var rehearsal = new Rehearsal()) {
      Map<String, String> values = new HashMap<>(rehearsal.settings());
      values.put(Setting.BACKEND_HOST.name(), "127.0.0.1");
      values.put(Setting.BACKEND_PORT.name(), "0");
      values.put(Setting.FRAMEWISE_DATA.name(), folder.toString());
      values.put(Setting.FRAMEWISE_FIND_LOCAL.name(), "off");
      var nobody = new UnavailableBackend("builtin", "This is a rehearsal.");
      try (Service service = new Service(Settings.read(values), nobody, WallClock.system())) {
        service.warmUp();
        service.start();
        rehearsal.run(service.port());
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
