package framewise.server.service;

import framewise.server.config.Settings;
import framewise.server.config.SettingsException;
import framewise.server.http.Route;
import framewise.time.WallClock;
import framewise.vision.Backend;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The real service on a free port, with a client for it. */
public final class RunningService implements AutoCloseable {
  private static volatile String database = "";

  private final Service service;
  private final TestClient client;

  private RunningService(Service service) {
    this.service = service;
    this.client = new TestClient(service.port());
  }

  /** Starts it on the given data folder. */
  public static RunningService on(Path data, Backend builtin) throws SettingsException {
    return on(data, builtin, Map.of());
  }

  /** Starts it with settings from the environment. */
  public static RunningService on(Path data, Backend builtin, Map<String, String> environment)
      throws SettingsException {
    return on(data, builtin, environment, WallClock.system());
  }

  /** Starts it with the test's clock. */
  public static RunningService on(
      Path data, Backend builtin, Map<String, String> environment, WallClock clock)
      throws SettingsException {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("FRAMEWISE_DATA", data.toString());
    variables.putIfAbsent("FRAMEWISE_DATABASE", database);
    variables.putIfAbsent("BACKEND_HOST", "127.0.0.1");
    variables.putIfAbsent("BACKEND_PORT", "0");
    variables.putIfAbsent("FRAMEWISE_FIND_LOCAL", "off");
    var service = new Service(Settings.read(variables), builtin, clock);
    service.start();
    return new RunningService(service);
  }

  /** Sets FRAMEWISE_DATABASE of the services that are started from now on; empty for SQLite. */
  public static void useDatabase(String url) {
    database = url;
  }

  public TestClient client() {
    return client;
  }

  /** The routes of Framewise's own API. */
  public List<Route> routes() {
    return service.routes();
  }

  /** The routes of Overshoot's API v0.2. */
  public List<Route> overshootRoutes() {
    return service.overshootRoutes();
  }

  /** The routes of Overshoot's API v1beta. */
  public List<Route> v1betaRoutes() {
    return service.v1betaRoutes();
  }

  public Service service() {
    return service;
  }

  @Override
  public void close() {
    client.close();
    service.close();
  }
}
