package framewise.server.command;

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
 * A temporary folder of this process, for the native libraries that are unpacked at its start. They
 * are some 30 MB, and a process that is killed leaves them: so the folder has a lock, and each
 * start deletes the folders whose lock nobody holds.
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
   * Makes the folder the temporary one of this process, before anything asks which that is. Where
   * it can't be made, the usual one stays.
   */
  public static void use() {
    Path parent = Path.of(System.getProperty(PROPERTY));
    try {
      deleteDead(parent);
      NativeFolder ours = make(parent);
      System.setProperty(PROPERTY, ours.path.toString());
      Runtime.getRuntime().addShutdownHook(new Thread(ours::close, "delete-native-folder"));
    } catch (IOException e) {
      logger().warn("{} is used for temporary files: {}", parent, e.toString());
    }
  }

  /** Makes a folder and locks it. */
  static NativeFolder make(Path parent) throws IOException {
    Path path =
        Files.createDirectory(
            parent.resolve(PREFIX + ProcessHandle.current().pid() + "-" + System.nanoTime()));
    FileChannel lock =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock.tryLock() == null) {
      throw new IOException(path + " is locked already");
    }
    return new NativeFolder(path, lock);
  }

  Path path() {
    return path;
  }

  /** Deletes the folders of processes that are dead. */
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
      // The next start deletes it; here the process is at its end.
      logger().debug("{} stays: {}", path, e.toString());
    }
  }

  /** Folders of others can't be opened, and links are never followed. */
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

  /** Late, because the log itself may ask for the temporary folder. */
  private static Logger logger() {
    return LoggerFactory.getLogger(NativeFolder.class);
  }
}
