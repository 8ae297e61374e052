package framewise.server.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.testing.PostgresServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Regression: sharing a session while somebody deleted it returned 500. */
@Timeout(120)
class SharesEndWithTheirSessionsTest {
  private static final int ROUNDS = 12;
  private static final int SHARING = 12;

  @TempDir Path folder;

  @Test
  void inSqlite() throws Exception {
    sharedWhileDeleted("");
  }

  @Test
  void inPostgres() throws Exception {
    sharedWhileDeleted(PostgresServer.shared().newDatabase());
  }

  /** Regression: the 101st link revoked the first one without a word. */
  @Test
  void aLinkAboveTheLimitIsRefused() throws Exception {
    Path video = TestVideos.moving(folder, 1);
    try (var service =
        RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), Map.of())) {
      TestClient client = service.client();
      String shares = "/sessions/" + client.uploaded(video) + "/shares";
      String first = client.post(shares, "{\"link\":true}").body();
      for (int i = 1; i < 100; i++) {
        assertThat(client.post(shares, "{\"link\":true}").statusCode()).isEqualTo(201);
      }
      HttpResponse<String> refused = client.post(shares, "{\"link\":true}");
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body()).contains("too_many_links", "100 links", "Revoke one");
      assertThat(first).contains("/share?token=");
      assertThat(client.get(shares).body().split("created_at", -1)).hasSize(101);
    }
  }

  private void sharedWhileDeleted(String database) throws Exception {
    Path video = TestVideos.moving(folder, 1);
    try (var service =
            RunningService.on(
                folder.resolve("data"),
                ScriptedBackend.echo(),
                Map.of("FRAMEWISE_DATABASE", database));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      TestClient client = service.client();
      for (int round = 0; round < ROUNDS; round++) {
        String session = "/sessions/" + client.uploaded(video);
        var together = new CyclicBarrier(SHARING + 1);
        List<Future<HttpResponse<String>>> shares = new ArrayList<>();
        for (int i = 0; i < SHARING; i++) {
          String share = i % 2 == 0 ? "{\"everybody\":true}" : "{\"link\":true}";
          shares.add(
              threads.submit(
                  () -> {
                    together.await();
                    return client.post(session + "/shares", share);
                  }));
        }
        together.await();
        assertThat(client.delete(session).statusCode()).isEqualTo(204);
        for (Future<HttpResponse<String>> share : shares) {
          HttpResponse<String> answer = share.get();
          assertThat(answer.statusCode()).as(answer.body()).isIn(201, 404);
          if (answer.statusCode() == 404) {
            assertThat(answer.body()).contains("session_not_found", "There is no session");
          }
        }
      }
    }
  }
}
