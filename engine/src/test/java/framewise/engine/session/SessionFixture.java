package framewise.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.engine.TestVideos;
import framewise.engine.WallClock;
import framewise.engine.result.LoggedEvent;
import framewise.engine.result.Tap;
import framewise.engine.settings.Pace;
import framewise.engine.settings.StreamSettings;
import framewise.engine.store.TestDatabase;
import framewise.vision.Backend;
import framewise.vision.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Sessions on a real database and real videos, with the back ends of a test. */
final class SessionFixture implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final WallClock clock;
  private final List<Backend> backends;
  private final UnaryOperator<SessionOptions> options;
  private Sessions sessions;

  SessionFixture(Path folder, WallClock clock, Backend... backends) {
    this(folder, clock, options -> options, backends);
  }

  SessionFixture(
      Path folder, WallClock clock, UnaryOperator<SessionOptions> options, Backend... backends) {
    this.folder = folder;
    this.clock = clock;
    this.options = options;
    this.backends = List.of(backends);
    this.sessions = open(true, 4);
  }

  Sessions sessions() {
    return sessions;
  }

  /** As after a restart of the service. */
  void reopen(boolean resume) {
    sessions.close();
    sessions = open(resume, 4);
  }

  Session upload(int seconds) throws IOException, InterruptedException {
    Path upload = sessions.newUpload();
    Files.move(TestVideos.moving(folder, seconds), upload, StandardCopyOption.REPLACE_EXISTING);
    return sessions.add(upload, "moving.mp4");
  }

  /**
   * A still scene with the noise and the compression of a camera, and from some second on another.
   */
  Session still(int seconds, int changesAt) throws IOException, InterruptedException {
    Path upload = sessions.newUpload();
    Files.move(
        TestVideos.still(folder, seconds, changesAt), upload, StandardCopyOption.REPLACE_EXISTING);
    return sessions.add(upload, "still.mp4");
  }

  static StreamSettings fast(String prompt) {
    return StreamSettings.of(prompt).withPace(Pace.FAST);
  }

  /** Every event from the first on, until nothing more is to come. */
  static List<JsonNode> untilOver(Session session) throws InterruptedException {
    Tap tap = session.log().tap(0);
    List<JsonNode> events = new ArrayList<>();
    while (!tap.isOver()) {
      assertThat(tap.next(PATIENCE)).as("next event").hasValueSatisfying(e -> events.add(json(e)));
    }
    return events;
  }

  /** Waits for the next event of a type. */
  static JsonNode next(Tap tap, String type) throws InterruptedException {
    while (true) {
      LoggedEvent event =
          tap.next(PATIENCE).orElseThrow(() -> new AssertionError("no " + type + " in time"));
      if (event.type().equals(type)) {
        return json(event);
      }
    }
  }

  static List<JsonNode> results(List<JsonNode> events) {
    return events.stream().filter(e -> e.get("type").asText().equals("result")).toList();
  }

  static JsonNode json(LoggedEvent event) {
    try {
      return new ObjectMapper().readTree(event.json());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    sessions.close();
  }

  private Sessions open(boolean resume, int maxStreams) {
    return Sessions.open(
        options.apply(
            new SessionOptions(folder.resolve("data"), resume, maxStreams)
                .withPostgres(TestDatabase.url(folder))),
        new Backends(backends),
        clock);
  }
}
