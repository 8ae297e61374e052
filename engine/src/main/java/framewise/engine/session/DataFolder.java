package framewise.engine.session;

import framewise.engine.SessionId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The folder in which everything is kept: {@code framewise.db}, {@code videos/}, {@code uploads/}
 * for files that still arrive, {@code evidence/} for what services were sent. Locked as long as it
 * is open: two services on one folder would both go on with the same sessions.
 */
final class DataFolder implements AutoCloseable {
  private final Path folder;
  private final FileChannel lock;

  private DataFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Opens the folder, or makes it, and deletes what is left of unfinished uploads.
   *
   * @throws DataFolderInUseException when another process has it open
   */
  static DataFolder open(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("videos"));
    Files.createDirectories(folder.resolve("uploads"));
    FileChannel channel =
        FileChannel.open(
            folder.resolve("framewise.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!locked(channel)) {
      channel.close();
      throw new DataFolderInUseException(folder);
    }
    var opened = new DataFolder(folder, channel);
    opened.deleteUnfinishedUploads();
    return opened;
  }

  Path database() {
    return database(folder);
  }

  static Path database(Path folder) {
    return folder.resolve("framewise.db");
  }

  /** With the write-ahead log; 0 for what cannot be looked at. */
  long databaseBytes() {
    long bytes = 0;
    for (String suffix : List.of("", "-wal", "-shm")) {
      bytes += folder.resolve("framewise.db" + suffix).toFile().length();
    }
    return bytes;
  }

  Path evidence() {
    return folder.resolve("evidence");
  }

  Path newUpload() throws IOException {
    return Files.createTempFile(folder.resolve("uploads"), "upload-", ".part");
  }

  Path videoOf(SessionId id) {
    return folder.resolve("videos").resolve(id.toString());
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private void deleteUnfinishedUploads() throws IOException {
    try (var left = Files.newDirectoryStream(folder.resolve("uploads"))) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
  }
}
