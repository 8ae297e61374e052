package framewise.server.command;

import framewise.time.WallClock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Temporary folder of this process, for native libraries that are unpacked at startup. They take
 * some 30 MB, and a killed process leaves them behind: so each process locks its folder, and each
 * start deletes the unlocked ones.
 */
public final class NativeFolder {
  private static final String PROPERTY = "java.io.tmpdir";
  private static final String PREFIX = "framewise-process-";
  private static final String LOCK = "lock";

  private final Path path;
  private final FileChannel lock;

  private NativeFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes the folder this process's temporary folder, before anything reads that property. If it
   * can't be created, the system's stays in use.
   */
  public static void use() {
    Path parent = Path.of(System.getProperty(PROPERTY));
    try {
      deleteDead(parent);
      NativeFolder ours = make(parent);
      System.setProperty(PROPERTY, ours.path.toString());
      Runtime.getRuntime().addShutdownHook(new Thread(ours::close, "delete-native-folder"));
    } catch (IOException e) {
      logger().warn("using {} for temporary files: {}", parent, e.toString());
    }
  }

  /** Creates and locks a folder. */
  static NativeFolder make(Path parent) throws IOException {
    Path path =
        Files.createDirectory(
            parent.resolve(
                PREFIX + ProcessHandle.current().pid() + "-" + WallClock.system().nanos()));
    FileChannel lock =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock.tryLock() == null) {
      throw new IOException(path + " is already locked");
    }
    return new NativeFolder(path, lock);
  }

  Path path() {
    return path;
  }

  /** Deletes folders of dead processes. */
  static void deleteDead(Path parent) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (isDead(folder)) {
          delete(folder);
        }
      }
    }
  }

  void close() {
    try {
      lock.close();
      delete(path);
    } catch (IOException e) {
      // The next start deletes it: this process is about to end.
      logger().debug("failed to delete {}: {}", path, e.toString());
    }
  }

  /** Skips folders of other users, which can't be opened, and never follows links. */
  private static boolean isDead(Path folder) {
    Path file = folder.resolve(LOCK);
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() != null;
    } catch (IOException | OverlappingFileLockException inUse) {
      return false;
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    }
  }

  /** Created lazily, because the log itself may use the temporary folder. */
  private static Logger logger() {
    return LoggerFactory.getLogger(NativeFolder.class);
  }
}
