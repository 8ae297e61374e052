package framewise.server.service.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.server.service.RawHttp;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Regression: each WebSocket request, even a refused one, left an HTTP session of 600 bytes in the
 * heap for ever: 138,000 of them brought a service with a small heap to a halt.
 */
class UpgradesLeaveNoSessionsTest {
  private static final int UPGRADES = 50;

  @TempDir Path folder;

  @Test
  void acceptedOrRefused() throws Exception {
    var settings = Map.of("FRAMEWISE_API_KEYS", "a_key_of_tests");
    try (var service =
        RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), settings)) {
      TestClient client = service.client();
      String id = client.uploaded(TestVideos.moving(folder, 1));
      for (int i = 0; i < UPGRADES; i++) {
        String refused = refused(client.port(), "/ws/" + id);
        assertThat(refused).startsWith("HTTP/1.1 401 ").doesNotContain("JSESSIONID");
        assertThat(refused).contains("X-Content-Type-Options: nosniff");
        client.socket("/ws/" + id).cut();
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(classesInTheHeap().lines())
                      .anyMatch(
                          line -> line.endsWith(" org.eclipse.jetty.session.NullSessionCache"))
                      .noneMatch(
                          line -> line.endsWith(" org.eclipse.jetty.session.ManagedSession")));
    }
  }

  /**
   * Sends an upgrade that is refused: through an untrusted proxy, a caller on this machine counts
   * as remote.
   */
  private static String refused(int port, String path) throws Exception {
    return RawHttp.exchange(
        port,
        """
        GET %s HTTP/1.1
        Host: 127.0.0.1:%d
        Connection: Upgrade, close
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        X-Forwarded-For: 203.0.113.9

        """
            .formatted(path, port));
  }

  private static String classesInTheHeap() throws Exception {
    return String.valueOf(
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()}));
  }
}
