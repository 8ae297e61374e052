package framewise.server.service.contract;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.AccessFixture;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seen: {@code X-HTTP-Method-Override} turned a GET into a POST after the checks: without a CSRF
 * token, without an audit entry, and even through a read-only link.
 */
class TheRequestLineSaysTheMethodTest {
  @TempDir Path folder;

  @Test
  void headersCannotOverrideIt() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      var admin = new AccessFixture(client).admin();
      for (String method : new String[] {"POST", "DELETE", "patch"}) {
        var refused =
            client.get(
                "/sessions/demo", "Cookie", admin.cookie(), "X-HTTP-Method-Override", method);
        assertThat(refused.statusCode()).as(method).isEqualTo(400);
        assertThat(refused.body()).contains("X-HTTP-Method-Override is not supported");
      }
      assertThat(client.get("/sessions", admin.headers()).body()).contains("\"total\":0");
    }
  }
}
