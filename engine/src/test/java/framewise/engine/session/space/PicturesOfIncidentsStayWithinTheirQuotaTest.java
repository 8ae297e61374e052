package framewise.engine.session.space;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.incident.Incident;
import framewise.engine.incident.IncidentStore;
import framewise.engine.incident.Moment;
import framewise.engine.session.Session;
import framewise.engine.session.SessionFixture;
import framewise.engine.session.TestBackend;
import framewise.media.MediaTime;
import framewise.time.WallClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesOfIncidentsStayWithinTheirQuotaTest {
  private static final int SIZE = 1_000;

  @TempDir Path folder;

  @Test
  void theOldestPicturesAreDeletedAndIncidentsKept() throws Exception {
    try (var fixture = keeping(2 * SIZE + 1)) {
      Session session = fixture.upload(1);
      var store = new IncidentStore(fixture.sessions().database());
      Path incidents = folder.resolve("data/incidents").resolve(session.id().toString());
      Files.createDirectories(incidents);
      for (int number = 0; number < 4; number++) {
        Incident incident = incident(session, "i" + number);
        fixture.sessions().database().write(handle -> store.put(handle, incident));
        Path picture = incidents.resolve("i%d_1.jpg".formatted(number));
        Files.write(picture, new byte[SIZE]);
        Files.setLastModifiedTime(picture, FileTime.from(Instant.ofEpochSecond(1_000 + number)));
      }
      fixture.sweep();
      assertThat(incidents.resolve("i0_1.jpg")).doesNotExist();
      assertThat(incidents.resolve("i1_1.jpg")).doesNotExist();
      assertThat(incidents.resolve("i2_1.jpg")).exists();
      assertThat(incidents.resolve("i3_1.jpg")).exists();
      assertThat(store.find("i0")).isPresent();
    }
  }

  private static Incident incident(Session session, String id) {
    Instant now = Instant.now();
    var moment = new Moment(1, 1, MediaTime.ZERO, now, now);
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

  private SessionFixture keeping(long quota) {
    return new SessionFixture(
        folder,
        WallClock.system(),
        options -> options.toBuilder().incidentQuota(quota).build(),
        new TestBackend("builtin", 1, (clip, question) -> "seen"));
  }
}
