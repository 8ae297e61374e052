package framewise.server.command;

import framewise.engine.bundle.Bundle;
import framewise.engine.session.Session;
import framewise.engine.session.SessionOptions;
import framewise.engine.session.Sessions;
import framewise.server.command.replay.BundleReplay;
import framewise.server.command.replay.ReplayRequest;
import framewise.server.config.Environment;
import framewise.server.config.LogLevel;
import framewise.server.config.Settings;
import framewise.server.config.SettingsException;
import framewise.server.log.LogSetup;
import framewise.server.service.AllBackends;
import framewise.time.WallClock;
import framewise.vision.builtin.BuiltinBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks the questions of a bundle again and compares the answers, without a server. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    description = {
      "Ask the questions of a bundle again, about the same pictures, and compare the answers.",
      "Each recorded answer is requested once more, with its original prompt and settings."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all answers are the same, or --expect is not set",
      "1:with --expect, an answer differs; or the questions could not be asked",
      "2:the bundle or an option is not valid"
    },
    sortOptions = false)
public final class ReplayCommand implements Callable<Integer> {
  private static final long MAX_BYTES = 1L << 40;

  @Parameters(paramLabel = "BUNDLE", description = "the bundle's file")
  private @Nullable Path file;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "the back end that answers (default: the recorded one)")
  private @Nullable String backend;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "its model (default: the recorded one, or the default of --backend)")
  private @Nullable String model;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description = "ask this instead of the recorded question")
  private @Nullable String prompt;

  @Option(
      names = "--question",
      paramLabel = "NAME",
      description = "only the question with this name, in a session with several")
  private @Nullable String question;

  @Option(
      names = "--run",
      paramLabel = "NUMBER",
      description = "the run to replay (default: the newest that played the video)")
  private @Nullable Integer run;

  @Option(names = "--expect", description = "exit with 1 when an answer differs")
  private boolean expect;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Spec private @Nullable CommandSpec command;

  @Override
  public Integer call() throws IOException, InterruptedException, SettingsException {
    Path bundle = existing(Optional.ofNullable(file).orElseThrow());
    var request =
        new ReplayRequest(
            Optional.ofNullable(backend),
            Optional.ofNullable(model),
            Optional.ofNullable(prompt),
            Optional.ofNullable(question),
            run == null ? OptionalInt.empty() : OptionalInt.of(run));
    Settings settings = Settings.read(Environment.read(System.getenv(), Path.of("")));
    LogSetup.setLevel(settings.logLevel() == LogLevel.INFO ? LogLevel.WARN : settings.logLevel());
    try (var folder = new TemporaryFolder("framewise-replay-");
        var backends = new AllBackends(settings, new BuiltinBackend(), each -> each);
        Sessions sessions =
            Sessions.open(
                new SessionOptions(folder.path(), false, 1)
                    .toBuilder().keepQuota(MAX_BYTES).build(),
                backends.backends(),
                WallClock.system());
        Bundle opened = Bundle.open(bundle, MAX_BYTES)) {
      Session session = sessions.open(opened, MAX_BYTES);
      var out = Optional.ofNullable(command).orElseThrow().commandLine().getOut();
      boolean same = new BundleReplay(sessions, session, request).run(json, out);
      out.flush();
      return same || !expect ? 0 : 1;
    }
  }

  private static Path existing(Path file) throws NoSuchFileException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString());
    }
    return file;
  }
}
