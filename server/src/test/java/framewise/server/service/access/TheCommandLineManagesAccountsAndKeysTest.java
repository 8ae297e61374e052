package framewise.server.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.server.command.Failures;
import framewise.server.command.ServeCommand;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import picocli.CommandLine;

/** {@code ./framewise account} and {@code ./framewise key}, while the service is running. */
@Isolated("replaces the terminal of the whole process")
@Timeout(120)
class TheCommandLineManagesAccountsAndKeysTest {
  @TempDir Path folder;

  @Test
  void theServiceNoticesWithinTwoSeconds() throws Exception {
    try (var service = RunningService.on(folder, ScriptedBackend.echo())) {
      TestClient client = service.client();
      assertThat(client.get("/sessions").statusCode()).isEqualTo(200);

      assertThat(run("short\n", "account", "add", "Ada").error()).contains("10 to 256");
      assertThat(run("correct horse battery\n", "account", "add", "Ada").output())
          .contains("Created Ada, admin.");
      await().until(() -> client.get("/sessions").statusCode() == 401);
      assertThat(run("", "account", "list").output()).contains("admin").contains("Ada");
      var access =
          client.post(
              "/access/sign-in", "{\"name\":\"ada\",\"password\":\"correct horse battery\"}");
      assertThat(access.statusCode()).isEqualTo(200);

      String key =
          run("", "key", "add", "door app", "--role", "viewer", "--days", "3").output().strip();
      assertThat(key).matches("fw_[a-z2-9]{8}_.{43}");
      String[] shown = {"Authorization", "Bearer " + key};
      await().until(() -> client.get("/sessions", shown).statusCode() == 200);
      String id = key.substring(3, 11);
      assertThat(run("", "key", "list").output())
          .contains(id, "viewer", "door app")
          .doesNotContain(key);
      assertThat(run("", "key", "revoke", id).code()).isZero();
      await().until(() -> client.get("/sessions", shown).statusCode() == 401);
      assertThat(run("", "key", "revoke", id).error()).contains("No such API key");

      assertThat(run("", "account", "delete", "Ada").error()).contains("last administrator");
      assertThat(run("", "account", "delete", "--all").code()).isZero();
      await().until(() -> client.get("/sessions").statusCode() == 200);
    }
  }

  private record Outcome(int code, String output, String error) {}

  private Outcome run(String typed, String... arguments) {
    var output = new ByteArrayOutputStream();
    var error = new StringWriter();
    PrintStream outBefore = System.out;
    InputStream inBefore = System.in;
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
    try {
      int code =
          new CommandLine(new ServeCommand())
              .setExecutionExceptionHandler(new Failures())
              .setErr(new PrintWriter(error, true))
              .execute(
                  Stream.concat(Arrays.stream(arguments), Stream.of("--data", folder.toString()))
                      .toArray(String[]::new));
      return new Outcome(code, output.toString(StandardCharsets.UTF_8), error.toString());
    } finally {
      System.setOut(outBefore);
      System.setIn(inBefore);
    }
  }
}
