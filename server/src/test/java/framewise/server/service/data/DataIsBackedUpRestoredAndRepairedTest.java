package framewise.server.service.data;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.command.Failures;
import framewise.server.command.ServeCommand;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestVideos;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs the commands like a user. */
@Timeout(120)
class DataIsBackedUpRestoredAndRepairedTest {
  @TempDir Path folder;

  private record Ended(int code, String out, String err) {}

  @Test
  void duringOperationAndAfterDamage() throws Exception {
    String backup = folder.resolve("backup.zip").toString();
    String id;
    try (var service = RunningService.on(data(), ScriptedBackend.echo())) {
      id = service.client().uploaded(TestVideos.moving(folder, 1));
      Ended written = run("backup", backup, "--data", data().toString());
      assertThat(written.code()).as(written.err()).isZero();
      assertThat(written.out()).contains("1 sessions, 1 videos");
      assertThat(run("backup", backup, "--data", data().toString()).err()).contains("--force");
      assertThat(run("restore", backup, "--force", "--data", data().toString()).err())
          .contains("Another Framewise uses the data folder");
    }
    assertThat(run("doctor", "--data", data().toString()).out()).contains("no faults found");

    cutDatabase();
    assertThat(run("--data", data().toString(), "--port", "0").err())
        .startsWith("framewise: The database ")
        .contains("is damaged", "./framewise doctor")
        .doesNotContain("Exception");
    Ended examined = run("doctor", "--data", data().toString());
    assertThat(examined.code()).isEqualTo(1);
    assertThat(examined.out()).contains("Repair: ", "Nothing was changed");
    assertThat(run("doctor", "--repair", "--data", data().toString()).out())
        .contains("Created sessions for 1 videos.", "Kept the old database", "Repaired.");
    try (var service = RunningService.on(data(), ScriptedBackend.echo())) {
      assertThat(service.client().get("/sessions").body()).contains(id);
    }

    assertThat(run("restore", backup, "--data", data().toString()).err()).contains("--force");
    Ended restored = run("restore", backup, "--force", "--data", data().toString());
    assertThat(restored.out()).contains("Restored 1 sessions.", "Kept the old content in ");
    try (var service = RunningService.on(data(), ScriptedBackend.echo())) {
      assertThat(service.client().get("/sessions").body()).contains("moving");
    }
  }

  @Test
  void errorsOfFilesAreOneLine() throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "no backup");
    assertThat(run("restore", text.toString(), "--data", data().toString()).err())
        .isEqualTo(
            "framewise: %s can't be restored: it is not a backup of Framewise, or it is damaged.\n"
                .formatted(text));
    assertThat(run("restore", folder + "/none", "--data", data().toString()).err())
        .contains("none: no such file");
    assertThat(run("backup", folder + "/b.zip", "--data", folder + "/none").err())
        .contains("There is no database in ");
    assertThat(run("doctor", "--data", folder + "/none").err()).contains("There is no data folder");
    assertThat(run("backup").code()).isEqualTo(2);
  }

  private Path data() {
    return folder.resolve("data");
  }

  private void cutDatabase() throws Exception {
    try (var file = FileChannel.open(data().resolve("framewise.db"), StandardOpenOption.WRITE)) {
      file.truncate(file.size() / 2);
    }
  }

  private static Ended run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        new CommandLine(new ServeCommand())
            .setExecutionExceptionHandler(new Failures())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ended(code, out.toString(), err.toString());
  }
}
