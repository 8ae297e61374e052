package framewise.server.command;

import framewise.engine.Status;
import framewise.engine.keep.KeepSettings;
import framewise.engine.result.LoggedEvent;
import framewise.engine.result.Tap;
import framewise.engine.session.Session;
import framewise.engine.session.SessionOptions;
import framewise.engine.session.Sessions;
import framewise.engine.settings.Pace;
import framewise.engine.settings.Prompt;
import framewise.engine.settings.StreamFields;
import framewise.engine.settings.StreamSettings;
import framewise.media.VideoInfo;
import framewise.server.api.request.StartRequest;
import framewise.server.config.Environment;
import framewise.server.config.LogLevel;
import framewise.server.config.Settings;
import framewise.server.config.SettingsException;
import framewise.server.http.Fields;
import framewise.server.log.LogSetup;
import framewise.server.service.AllBackends;
import framewise.time.WallClock;
import framewise.vision.Backend;
import framewise.vision.Backends;
import framewise.vision.StreamBackend;
import framewise.vision.builtin.BuiltinBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks about one video and prints the answers, without a server; leaves no files. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = "Ask about one video and print the answers in the terminal.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the whole video was analyzed",
      "1:the video could not be analyzed, or not to its end",
      "2:the video or an option is not valid"
    },
    sortOptions = false,
    modelTransformer = FieldFlags.class)
public final class WatchCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  @Parameters(paramLabel = "VIDEO", description = "the video's file")
  private @Nullable Path video;

  @Option(
      names = "--prompt",
      required = true,
      paramLabel = "TEXT",
      description = "what to ask, in plain words")
  private String prompt = "";

  @Option(names = "--json", description = "print one JSON object a line")
  private boolean json;

  @Spec private @Nullable CommandSpec command;

  @Override
  public Integer call() throws IOException, InterruptedException, SettingsException {
    Path file = existing(Optional.ofNullable(video).orElseThrow());
    Settings settings = Settings.read(Environment.read(System.getenv(), Path.of("")));
    // Log lines below warnings are for the operators of a service; here they would appear between
    // answers.
    LogSetup.setLevel(settings.logLevel() == LogLevel.INFO ? LogLevel.WARN : settings.logLevel());
    try (var folder = new TemporaryFolder("framewise-watch-");
        var backends = new AllBackends(settings, new BuiltinBackend(), each -> each);
        Sessions sessions =
            Sessions.open(
                new SessionOptions(folder.path(), false, 1)
                    .toBuilder().keep(KeepSettings.OFF).keepQuota(0).build(),
                backends.backends(),
                WallClock.system())) {
      Session session = sessions.add(borrow(file, sessions.newUpload()), name(file));
      session.start(settings(backends.backends()));
      try (var printer = Printer.of(json, session.view().video().flatMap(VideoInfo::duration))) {
        return print(session, printer);
      }
    }
  }

  private StreamSettings settings(Backends backends) {
    CommandSpec given = Optional.ofNullable(command).orElseThrow();
    Optional<Pace> chosen = FieldFlags.text(given, StreamFields.PACE).map(WatchCommand::pace);
    StreamSettings settings =
        StartRequest.read(
            Fields.of(FieldFlags.given(given).put("prompt", new Prompt(prompt).text())));
    return settings.withPace(chosen.orElseGet(() -> usualPace(backends, settings.backend())));
  }

  /** As fast as possible, except where the back end watches the video as a live stream. */
  private static Pace usualPace(Backends backends, Optional<String> backend) {
    Optional<Backend> answering = backend.map(backends::named).orElseGet(backends::firstReady);
    return answering.filter(StreamBackend.class::isInstance).isPresent()
        ? Pace.REALTIME
        : Pace.FAST;
  }

  private static Pace pace(String name) {
    return Pace.ofWireName(name)
        .orElseThrow(
            () ->
                new BadOptionException(
                    "--pace is \"%s\" but must be fast or realtime.".formatted(name)));
  }

  private static int print(Session session, Printer printer) throws InterruptedException {
    Tap tap = session.log().tap(0);
    while (!tap.isOver()) {
      Optional<LoggedEvent> event = tap.next(TIMEOUT);
      boolean result = event.isPresent() && event.get().type().equals("result");
      if (result && !printer.print(event.get())) {
        return 0;
      }
    }
    var view = session.view();
    var counters = view.counters();
    boolean unanswered = counters.results() > 0 && counters.failed() == counters.results();
    if (view.status() != Status.FINISHED) {
      printer.complain(view.reason().orElse("The session ended before the video did."));
    }
    return view.status() == Status.FINISHED && !unanswered ? 0 : 1;
  }

  private static Path existing(Path file) throws NoSuchFileException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString());
    }
    return file;
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** A session owns its file; a symbolic link leaves the user's own file in place and unchanged. */
  private static Path borrow(Path file, Path place) throws IOException {
    Files.delete(place);
    try {
      return Files.createSymbolicLink(place, file.toAbsolutePath());
    } catch (UnsupportedOperationException | IOException notHere) {
      return Files.copy(file, place);
    }
  }
}
