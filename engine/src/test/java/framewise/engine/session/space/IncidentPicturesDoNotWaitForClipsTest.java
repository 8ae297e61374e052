package framewise.engine.session.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.engine.incident.Incident;
import framewise.engine.incident.IncidentPictures;
import framewise.engine.incident.IncidentStore;
import framewise.engine.incident.Moment;
import framewise.engine.session.Session;
import framewise.engine.session.SessionFixture;
import framewise.engine.session.TestBackend;
import framewise.media.MediaTime;
import framewise.time.WallClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seen on a busy machine: the picture of an incident came four minutes after it, because the clips
 * of all earlier ones were made first; so did its second opinion.
 */
@Timeout(300)
class IncidentPicturesDoNotWaitForClipsTest {
  private static final int MANY = 40;

  @TempDir Path folder;

  @Test
  void ofAnEarlierIncident() throws Exception {
    try (var fixture =
        new SessionFixture(
            folder,
            WallClock.system(),
            new TestBackend("builtin", 1, (clip, question) -> "seen"))) {
      Session session = fixture.upload(12);
      var store = new IncidentStore(fixture.sessions().database());
      IncidentPictures pictures = fixture.sessions().incidentPictures();
      List<Incident> incidents =
          IntStream.range(0, MANY).mapToObj(number -> incident(session, "i" + number)).toList();
      for (Incident incident : incidents) {
        fixture.sessions().database().write(handle -> store.put(handle, incident));
      }
      incidents.forEach(pictures::changed);
      await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(Duration.ofMinutes(2))
          .until(() -> pictures.picture(incidents.getLast()).isPresent());
      assertThat(incidents.stream().filter(one -> pictures.clip(one).isPresent()).count())
          .isLessThan(MANY - 1);
      await()
          .atMost(Duration.ofMinutes(3))
          .until(() -> incidents.stream().allMatch(one -> pictures.clip(one).isPresent()));
    }
  }

  private static Incident incident(Session session, String id) {
    Instant now = WallClock.system().now();
    var moment = new Moment(1, 1, MediaTime.ofSeconds(6), now, now);
    return Incident.opened(
        id,
        "w",
        "Watch",
        session.id(),
        moment,
        moment,
        moment,
        0,
        1,
        Optional.empty(),
        Optional.empty());
  }
}
