package framewise.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeFolderTest {
  @TempDir Path parent;

  @Test
  void onlyLeftoversOfKilledProcessesAreDeleted() throws Exception {
    NativeFolder living = NativeFolder.make(parent);
    Files.writeString(living.path().resolve("lib.so"), "in use");
    Path dead = Files.createDirectories(parent.resolve("framewise-process-7-1/onnxruntime"));
    Files.writeString(dead.resolve("libonnxruntime.so"), "28 MB");
    Files.createFile(dead.resolveSibling("lock"));
    Path elsewhere = Files.createDirectories(parent.resolve("precious"));
    Files.createFile(elsewhere.resolve("lock"));
    Path link = parent.resolve("framewise-process-8-1");
    Files.createSymbolicLink(link, elsewhere);
    Path strange = Files.createDirectories(parent.resolve("framewise-process-notes"));

    NativeFolder.deleteDead(parent);

    assertThat(parent.resolve("framewise-process-7-1")).doesNotExist();
    assertThat(living.path().resolve("lib.so")).exists();
    assertThat(elsewhere.resolve("lock")).exists();
    assertThat(strange).exists();
    living.close();
    assertThat(living.path()).doesNotExist();
  }
}
