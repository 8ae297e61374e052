package framewise.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.engine.SmallVideos;
import framewise.engine.result.LoggedEvent;
import framewise.engine.result.Tap;
import framewise.engine.settings.Pace;
import framewise.engine.settings.StreamSettings;
import framewise.engine.store.TestDatabase;
import framewise.time.WallClock;
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
public final class SessionFixture implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final WallClock clock;
  private final List<Backend> backends;
  private final UnaryOperator<SessionOptions> options;
  private Sessions sessions;

  public SessionFixture(Path folder, WallClock clock, Backend... backends) {
    this(folder, clock, options -> options, backends);
  }

  public SessionFixture(
      Path folder, WallClock clock, UnaryOperator<SessionOptions> options, Backend... backends) {
    this.folder = folder;
    this.clock = clock;
    this.options = options;
    this.backends = List.of(backends);
    this.sessions = open(true, 4);
  }

  /** Deletes data beyond retention and quotas, as the service does periodically. */
  public void sweep() throws IOException {
    sessions().sweep();
  }

  public Sessions sessions() {
    return sessions;
  }

  /** Closes the sessions and opens them again, as in a restart of the service. */
  public void reopen(boolean resume) {
    sessions.close();
    sessions = open(resume, 4);
  }

  public Session upload(int seconds) throws IOException, InterruptedException {
    Path upload = sessions.newUpload();
    Files.move(SmallVideos.moving(folder, seconds), upload, StandardCopyOption.REPLACE_EXISTING);
    return sessions.add(upload, "moving.mp4");
  }

  /**
   * A still scene with the noise and the compression of a camera, and from a given second on a
   * different scene.
   */
  public Session still(int seconds, int changesAt) throws IOException, InterruptedException {
    Path upload = sessions.newUpload();
    Files.move(
        SmallVideos.still(folder, seconds, changesAt), upload, StandardCopyOption.REPLACE_EXISTING);
    return sessions.add(upload, "still.mp4");
  }

  public static StreamSettings fast(String prompt) {
    return StreamSettings.of(prompt).withPace(Pace.FAST);
  }

  /** All events from the first to the last one of the session. */
  public static List<JsonNode> untilOver(Session session) throws InterruptedException {
    Tap tap = session.log().tap(0);
    List<JsonNode> events = new ArrayList<>();
    while (!tap.isOver()) {
      // A node that isn't the owner learns of the end a moment after the last event.
      tap.next(PATIENCE)
          .ifPresentOrElse(
              e -> events.add(json(e)),
              () -> assertThat(tap.isOver()).as("next event, or the end").isTrue());
    }
    return events;
  }

  /** Waits for the next event of a type. */
  public static JsonNode next(Tap tap, String type) throws InterruptedException {
    while (true) {
      LoggedEvent event =
          tap.next(PATIENCE).orElseThrow(() -> new AssertionError("no " + type + " in time"));
      if (event.type().equals(type)) {
        return json(event);
      }
    }
  }

  public static List<JsonNode> results(List<JsonNode> events) {
    return events.stream().filter(e -> e.get("type").asText().equals("result")).toList();
  }

  public static JsonNode json(LoggedEvent event) {
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
                .toBuilder().postgres(TestDatabase.url(folder)).build()),
        new Backends(backends),
        clock);
  }
}
