package framewise.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A real file system of a few megabytes, which a test can fill. Mounting needs root; otherwise the
 * test is skipped.
 */
public final class SmallDisk implements AutoCloseable {
  private static final int CHUNK = 4_096;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  public static SmallDisk mount(Path folder, int megabytes) throws IOException {
    Files.createDirectories(folder);
    int code =
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
    assumeTrue(code == 0, "a small disk can't be mounted: run the tests as root on Linux");
    return new SmallDisk(folder);
  }

  /** The folder of its files. */
  public Path path() {
    return folder;
  }

  /** Writes until it is full. */
  public void fill() throws IOException {
    try (OutputStream out =
        Files.newOutputStream(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      var chunk = new byte[CHUNK];
      while (true) {
        out.write(chunk);
      }
    } catch (IOException full) {
      if (!String.valueOf(full.getMessage()).contains("No space left")) {
        throw full;
      }
    }
  }

  /** Deletes what {@link #fill} wrote. */
  public void free() throws IOException {
    Files.deleteIfExists(ballast());
  }

  @Override
  public void close() throws IOException {
    if (run("umount", folder.toString()) != 0) {
      run("umount", "--lazy", folder.toString());
    }
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  private static int run(String... command) throws IOException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .start()
          .onExit()
          .join()
          .exitValue();
    } catch (IOException noSuchProgram) {
      return -1;
    }
  }
}
