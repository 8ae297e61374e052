package framewise.engine.session.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import framewise.engine.session.restart.DataFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seen: any user of the machine could read the passwords of cameras in the database, and block all
 * writes by locking it.
 */
class OtherUsersCannotReadDataTest {
  @TempDir Path folder;

  @BeforeEach
  void onlyWithPermissions() {
    assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
  }

  @Test
  void aNewFolderIsPrivate() throws Exception {
    DataFolders.make(folder, 1);
    assertThat(rights(data())).isEqualTo("rwx------");
    assertThat(rights(data().resolve("framewise.db"))).isEqualTo("rw-------");
    assertThat(rights(data().resolve("videos"))).isEqualTo("rwx------");
  }

  /** The permissions of an existing folder are not changed: it may be shared on purpose. */
  @Test
  void filesInAnExistingFolderArePrivateToo() throws Exception {
    Files.createDirectory(data(), PosixFilePermissions.asFileAttribute(of("rwxr-xr-x")));
    DataFolders.make(folder, 1);
    assertThat(rights(data())).isEqualTo("rwxr-xr-x");
    assertThat(rights(data().resolve("framewise.db"))).isEqualTo("rw-------");
    DataFolders.look(
        folder,
        running -> {
          for (String beside : List.of("-wal", "-shm")) {
            assertThat(rights(data().resolve("framewise.db" + beside))).isEqualTo("rw-------");
          }
        });
  }

  @Test
  void filesOfEarlierVersionsBecomePrivate() throws Exception {
    DataFolders.make(folder, 1);
    Files.setPosixFilePermissions(data().resolve("framewise.db"), of("rw-r--r--"));
    Files.setPosixFilePermissions(data().resolve("videos"), of("rwxr-xr-x"));
    DataFolders.look(folder, running -> {});
    assertThat(rights(data().resolve("framewise.db"))).isEqualTo("rw-r-----");
    assertThat(rights(data().resolve("videos"))).isEqualTo("rwxr-x---");
  }

  private Path data() {
    return folder.resolve("data");
  }

  private static String rights(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<PosixFilePermission> of(String rights) {
    return PosixFilePermissions.fromString(rights);
  }
}
