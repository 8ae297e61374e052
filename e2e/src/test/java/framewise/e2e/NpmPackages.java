package framewise.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import framewise.testing.Machine;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * npm packages for the tests. {@code src/test/npm/package-lock.json} pins versions and checksums;
 * {@code npm} installs them into {@code target/npm}, from its cache if possible, once for all tests
 * and test JVMs.
 */
final class NpmPackages {
  private static final Path PINNED = Path.of("src", "test", "npm");
  private static final Path INSTALLED = Path.of("target", "npm");

  private static final Path COMPLETE = INSTALLED.resolve("complete");

  private static boolean fetched;

  private NpmPackages() {}

  /** Folder that contains {@code node_modules}. */
  static synchronized Path folder() throws IOException {
    Machine.needs("npm");
    if (!fetched) {
      fetch();
      fetched = true;
    }
    return INSTALLED;
  }

  private static void fetch() throws IOException {
    Files.createDirectories(INSTALLED);
    try (FileChannel lock =
            FileChannel.open(
                INSTALLED.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = lock.lock()) {
      Path pinned = PINNED.resolve("package-lock.json");
      if (Files.exists(COMPLETE) && Files.mismatch(COMPLETE, pinned) == -1) {
        return;
      }
      install();
      Files.copy(pinned, COMPLETE, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void install() throws IOException {
    for (String file : new String[] {"package.json", "package-lock.json"}) {
      Files.copy(
          PINNED.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    Process npm;
    try {
      npm =
          new ProcessBuilder("npm", "ci", "--ignore-scripts", "--prefer-offline", "--no-audit")
              .directory(INSTALLED.toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new IOException("These tests need npm: install Debian's package npm, or Node.js.", e);
    }
    String said = new String(npm.getInputStream().readAllBytes(), UTF_8);
    if (npm.onExit().join().exitValue() != 0) {
      throw new IOException("npm could not fetch what the tests need:\n" + said);
    }
  }
}
