package framewise.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.SessionId;
import framewise.engine.store.Database;
import framewise.engine.store.DiskSpace;
import framewise.server.access.secret.ShownSession;
import framewise.server.config.Settings;
import framewise.time.WallClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathTokensOpenOnlyTheirPathTest {
  private static final String PICTURE = "/incidents/inc/picture.jpg";

  @TempDir Path folder;

  @Test
  void neitherSessionNorOtherPictures() throws Exception {
    var session = SessionId.random();
    try (Database database = Database.open(folder.resolve("test.db"), DiskSpace.of(folder));
        var access =
            new AccessControl(
                Settings.read(Map.of()).apiAccess(), database, folder, WallClock.system())) {
      String token = access.tokenOfPath(session, PICTURE, Duration.ofMinutes(5), "", "ep_hook");
      ShareLinks links = access.shares().links();
      Set<String> endpoints = new HashSet<>(Set.of("ep_hook"));
      access.connect(endpoints::contains);
      assertThat(links.read(token, PICTURE)).get().returns(session, ShownSession::session);
      assertThat(links.read(token, "/incidents/other/picture.jpg")).isEmpty();
      assertThat(links.read(token, "/sessions/" + session + "/video")).isEmpty();
      assertThat(access.shares().shown(token)).isEmpty();
      assertThat(links.read(token + "x", PICTURE)).isEmpty();
      String over = access.tokenOfPath(session, PICTURE, Duration.ofMinutes(-5), "", "ep_hook");
      assertThat(links.read(over, PICTURE)).isEmpty();
      for (String gone : List.of(Subject.key("gone"), Subject.account("gone"))) {
        String theirs =
            access.tokenOfPath(session, PICTURE, Duration.ofMinutes(5), gone, "ep_hook");
        assertThat(links.read(theirs, PICTURE)).as("of %s, which is revoked", gone).isEmpty();
      }
      endpoints.clear();
      assertThat(links.read(token, PICTURE)).as("its endpoint was deleted").isEmpty();
    }
  }
}
