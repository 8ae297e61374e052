package framewise.engine.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock on a data folder: a locked file, which the operating system unlocks when the process
 * dies. Deleting the file doesn't let a second process in: the database records the owner as well,
 * and {@link #renew} creates the file again.
 */
public final class FolderLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);

  private final Path folder;
  private FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Locks an existing folder.
   *
   * @throws DataFolderInUseException when another process holds it
   */
  public static FolderLock take(Path folder) throws IOException {
    return new FolderLock(folder, open(folder));
  }

  /** Creates the file again when it was deleted. */
  public synchronized void renew() {
    if (!channel.isOpen() || Files.exists(file(folder))) {
      return;
    }
    try {
      FileChannel fresh = open(folder);
      channel.close();
      channel = fresh;
    } catch (IOException | DataFolderInUseException e) {
      LOG.warn("the lock file of {} is missing and can't be made: {}", folder, e.toString());
    }
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }

  private static FileChannel open(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(file(folder), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!locked(channel)) {
      channel.close();
      throw new DataFolderInUseException(folder);
    }
    return channel;
  }

  private static Path file(Path folder) {
    return folder.resolve("framewise.lock");
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }
}
