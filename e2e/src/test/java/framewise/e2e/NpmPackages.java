package framewise.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import framewise.testing.TestMachine;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * npm packages for the tests, in two sets: {@code src/test/npm} for apps and senders, {@code
 * src/test/npm-mcp} for agents. {@code package-lock.json} pins versions and checksums; {@code npm}
 * installs a set into {@code target}, from its cache if possible, once for all tests of a build.
 */
public final class NpmPackages {
  private static final Path PINNED = Path.of("src", "test");
  private static final Path INSTALLED = Path.of("target");
  private static final Set<String> fetched = new HashSet<>();

  private NpmPackages() {}

  /** Folder that contains {@code node_modules} of apps and senders. */
  public static Path folder() throws IOException {
    return folder("npm");
  }

  /** Folder that contains {@code node_modules} of a set. */
  public static synchronized Path folder(String set) throws IOException {
    TestMachine.needs("npm");
    Path installed = INSTALLED.resolve(set);
    if (!fetched.contains(set)) {
      fetch(PINNED.resolve(set), installed);
      fetched.add(set);
    }
    return installed;
  }

  private static void fetch(Path from, Path installed) throws IOException {
    Files.createDirectories(installed);
    try (FileChannel lock =
            FileChannel.open(
                installed.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = lock.lock()) {
      Path pinned = from.resolve("package-lock.json");
      Path complete = installed.resolve("complete");
      if (Files.exists(complete) && Files.mismatch(complete, pinned) == -1) {
        return;
      }
      install(from, installed);
      Files.copy(pinned, complete, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void install(Path from, Path installed) throws IOException {
    for (String file : new String[] {"package.json", "package-lock.json"}) {
      Files.copy(from.resolve(file), installed.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    Process npm;
    try {
      npm =
          new ProcessBuilder("npm", "ci", "--ignore-scripts", "--prefer-offline", "--no-audit")
              .directory(installed.toFile())
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
