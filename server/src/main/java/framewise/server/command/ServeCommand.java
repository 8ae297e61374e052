package framewise.server.command;

import framewise.server.config.Environment;
import framewise.server.config.Setting;
import framewise.server.config.Settings;
import framewise.server.config.SettingsException;
import framewise.server.log.LogSetup;
import framewise.server.service.Service;
import framewise.time.WallClock;
import framewise.vision.builtin.BuiltinBackend;
import io.javalin.util.JavalinException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the service until it is asked to stop. */
@Command(
    name = "framewise",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    subcommands = {
      WatchCommand.class,
      ReplayCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      DoctorCommand.class,
      MigrateCommand.class,
      AccountCommand.class,
      KeyCommand.class,
      McpCommand.class
    },
    description = {
      "Point it at any video, ask a question in plain words, watch the answers arrive.",
      "",
      "Without a command it runs the service with its console. Settings are environment variables",
      "or lines of a .env file; .env.example explains them all. Options win over both."
    },
    sortOptions = false)
public final class ServeCommand implements Callable<Integer> {
  /** Exit code after another node took over. */
  private static final int TAKEN_OVER = 3;

  /** Time for stopping, of which moving the sessions to other nodes may take 20 s. */
  private static final Duration MAX_STOP_TIME = Duration.ofSeconds(90);

  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "the port to listen on (default: 8000)")
  private @Nullable String port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "the address to listen on (default: 0.0.0.0)")
  private @Nullable String host;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "the folder of uploads and the database (default: ./data)")
  private @Nullable String data;

  @Override
  public Integer call() throws InterruptedException, SettingsException {
    Settings settings = Settings.read(variables());
    LogSetup.setLevel(settings.logLevel());
    LogSetup.setFormat(settings.logFormat());
    var service = new Service(settings, new BuiltinBackend(), WallClock.system());
    var ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(
                    () -> {
                      haltIfStuck();
                      service.close();
                      ended.countDown();
                    }));
    service.warmUp();
    try {
      service.start();
      service.setupUrl().ifPresentOrElse(PhoneCode::print, () -> PhoneCode.print(service.phone()));
    } catch (JavalinException e) {
      throw new CannotListenException(settings.host(), settings.port(), e);
    }
    while (!ended.await(1, TimeUnit.SECONDS)) {
      if (service.isTakenOver()) {
        // A supervisor of this process restarts it; then it is on standby.
        return TAKEN_OVER;
      }
    }
    return 0;
  }

  /** Ends the process if it takes too long to stop, for example while a disk doesn't answer. */
  private static void haltIfStuck() {
    Thread.ofPlatform()
        .daemon()
        .name("stop-limit")
        .start(
            () -> {
              try {
                WallClock.system().sleep(MAX_STOP_TIME);
              } catch (InterruptedException e) {
                return;
              }
              LOG.error(
                  "Framewise did not stop within {} s and is ended. Sessions resume at the next start.",
                  MAX_STOP_TIME.toSeconds());
              Runtime.getRuntime().halt(1);
            });
  }

  private Map<String, String> variables() throws SettingsException {
    Map<String, String> variables = new HashMap<>(Environment.read(System.getenv(), Path.of("")));
    override(variables, Setting.BACKEND_PORT, Optional.ofNullable(port));
    override(variables, Setting.BACKEND_HOST, Optional.ofNullable(host));
    override(variables, Setting.FRAMEWISE_DATA, Optional.ofNullable(data));
    return variables;
  }

  private static void override(
      Map<String, String> variables, Setting setting, Optional<String> option) {
    option.ifPresent(value -> variables.put(setting.name(), value));
  }
}
