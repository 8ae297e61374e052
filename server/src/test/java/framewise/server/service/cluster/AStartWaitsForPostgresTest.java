package framewise.server.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.ChildService;
import framewise.testing.PostgresServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Docker Compose starts both at the same time, and the service is ready sooner than PostgreSQL. */
@Timeout(180)
class AStartWaitsForPostgresTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whichStartsABitLater(boolean shared) throws Exception {
    try (var server = PostgresServer.start()) {
      String database = server.newDatabase();
      server.stop();
      Process service = launch(database, shared);
      try {
        BufferedReader log = service.errorReader(StandardCharsets.UTF_8);
        assertThat(until("can't be reached yet", log).getLast())
            .contains("PostgreSQL at 127.0.0.1:" + server.port(), "Trying again for up to 60 s.");
        server.restart();
        assertThat(until("is ready", log)).anyMatch(line -> line.contains("is reachable."));
      } finally {
        service.destroyForcibly().onExit().join();
      }
    }
  }

  @Test
  void butNotForPermanentErrors() throws Exception {
    String database = PostgresServer.shared().newDatabase() + "_that_does_not_exist";
    Process service = launch(database, true);
    try {
      BufferedReader log = service.errorReader(StandardCharsets.UTF_8);
      assertThat(log.lines().toList())
          .noneMatch(line -> line.contains("Trying again"))
          .anyMatch(line -> line.contains("has no database"));
      assertThat(service.waitFor()).isNotZero();
    } finally {
      service.destroyForcibly().onExit().join();
    }
  }

  private Process launch(String database, boolean shared) throws IOException {
    Map<String, String> alone =
        Map.of("FRAMEWISE_DATABASE", database, "FRAMEWISE_FIND_LOCAL", "off");
    Map<String, String> one =
        Map.of(
            "FRAMEWISE_DATABASE",
            database,
            "FRAMEWISE_FIND_LOCAL",
            "off",
            "FRAMEWISE_CLUSTER_KEY",
            Nodes.KEY,
            "FRAMEWISE_NODE_URL",
            "http://127.0.0.1:1");
    return ChildService.launch(
        shared ? one : alone, new String[0], "--port", "0", "--data", folder.toString());
  }

  private static List<String> until(String words, BufferedReader log) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      lines.add(line);
      if (line.contains(words)) {
        return lines;
      }
    }
    throw new AssertionError("no line has '%s': %s".formatted(words, lines));
  }
}
