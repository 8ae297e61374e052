package framewise.server.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seen: the policy was {@code connect-src *}, so that a script in a page could have sent any data
 * anywhere.
 */
class ConsolePagesReachTheirServiceOnlyTest {
  @TempDir Path folder;

  @Test
  void unlessASettingNamesAnother() throws Exception {
    try (var service = RunningService.on(folder.resolve("a"), ScriptedBackend.echo())) {
      String host = "127.0.0.1:" + service.client().port();
      for (String page : new String[] {"/console/", "/docs", "/sign-in/"}) {
        Map<String, String> policy = policy(service.client(), page);
        assertThat(policy.get("connect-src"))
            .as(page)
            .isEqualTo("'self' ws://%s wss://%s".formatted(host, host));
        assertThat(policy.get("img-src")).as(page).isEqualTo("'self' data: blob:");
        assertThat(policy.get("media-src")).as(page).isEqualTo("'self' blob:");
      }
    }
    try (var service =
        RunningService.on(
            folder.resolve("b"),
            ScriptedBackend.echo(),
            Map.of("FRAMEWISE_CORS_ORIGINS", "https://other.example"))) {
      assertThat(policy(service.client(), "/console/").get("connect-src"))
          .endsWith(" https://other.example wss://other.example");
      assertThat(policy(service.client(), "/docs").get("connect-src")).doesNotContain("other");
    }
  }

  private static Map<String, String> policy(TestClient client, String page) throws Exception {
    String header = client.get(page).headers().firstValue("Content-Security-Policy").orElseThrow();
    return Arrays.stream(header.split("; *"))
        .collect(
            Collectors.toMap(
                one -> one.substring(0, one.indexOf(' ')),
                one -> one.substring(one.indexOf(' ') + 1)));
  }
}
