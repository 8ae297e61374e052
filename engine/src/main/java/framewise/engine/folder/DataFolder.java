package framewise.engine.folder;

import framewise.engine.SessionId;
import framewise.engine.store.Database;
import framewise.engine.store.DiskSpace;
import framewise.engine.store.OwnerOnly;
import framewise.engine.store.UnusableDataException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The folder with all data: {@code framewise.db}, {@code videos/}, {@code uploads/} for files that
 * are still arriving, {@code evidence/} for what was sent to services, {@code frames/} for kept
 * pictures of live video, {@code incidents/} for pictures of incidents, {@code reserve} for deletes
 * on a full disk. Locked while it is open: two services on one folder would both resume the same
 * sessions.
 */
public final class DataFolder implements AutoCloseable {
  /** Time without a write after which an upload counts as abandoned. */
  private static final Duration STALE = Duration.ofHours(1);

  private static final List<String> DATABASE_FILES = List.of("", "-wal", "-shm");

  private final Path folder;

  /** Folder of videos and evidence; several nodes may share it. */
  private final Path files;

  private final FolderLock lock;
  private final DiskSpace space;

  private DataFolder(Path folder, Path files, FolderLock lock, DiskSpace space) {
    this.folder = folder;
    this.files = files;
    this.lock = lock;
    this.space = space;
  }

  /**
   * Opens the folder, creates it if it is missing, and deletes the remains of unfinished uploads.
   *
   * @throws DataFolderInUseException when another process has it open
   * @throws UnusableDataException when there are videos and no database
   */
  public static DataFolder open(Path folder) throws IOException {
    DataFolder data = openWithoutDatabase(folder);
    boolean opened = false;
    try {
      data.requireDatabaseOfVideos();
      OwnerOnly.makeFile(data.database());
      for (String suffix : DATABASE_FILES) {
        OwnerOnly.close(folder.resolve("framewise.db" + suffix));
      }
      opened = true;
      return data;
    } finally {
      if (!opened) {
        data.close();
      }
    }
  }

  /**
   * Like {@link #open}, where the database is a server's.
   *
   * @throws DataFolderInUseException when another process has it open
   */
  public static DataFolder openWithoutDatabase(Path folder) throws IOException {
    return openWithoutDatabase(folder, folder);
  }

  /**
   * Like {@link #openWithoutDatabase(Path)}, with videos and evidence elsewhere.
   *
   * @param files folder that several nodes may share; created when missing
   */
  public static DataFolder openWithoutDatabase(Path folder, Path files) throws IOException {
    OwnerOnly.makeFolder(folder);
    OwnerOnly.makeFolder(files);
    OwnerOnly.makeFolder(files.resolve("videos"));
    for (String inside : List.of("videos", "uploads")) {
      OwnerOnly.makeFolder(folder.resolve(inside));
    }
    // Earlier versions made these with wider rights. An existing data folder may be shared on
    // purpose, these folders not.
    for (String inside : List.of("videos", "uploads", "evidence")) {
      OwnerOnly.close(folder.resolve(inside));
    }
    FolderLock lock = FolderLock.take(folder);
    boolean opened = false;
    try {
      var data = new DataFolder(folder, files, lock, DiskSpace.of(folder));
      data.deleteUnfinishedUploads();
      opened = true;
      return data;
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  /** The folder itself. */
  public Path path() {
    return folder;
  }

  /** Whether other nodes see the same videos. */
  public boolean isShared() {
    return !files.equals(folder);
  }

  /** The database's file. */
  public Path database() {
    return database(folder);
  }

  /** The database's file in a data folder that need not be open. */
  public static Path database(Path folder) {
    return folder.resolve("framewise.db");
  }

  /** The folder for what was sent to services. */
  public Path evidence() {
    return files.resolve("evidence");
  }

  /** The folder for kept pictures of live video. */
  public Path frames() {
    return folder.resolve("frames");
  }

  /** The folder of pictures and clips of incidents. */
  public Path incidents() {
    return files.resolve("incidents");
  }

  /** The space on its disk. */
  public DiskSpace space() {
    return space;
  }

  /** The lock that keeps other processes out. */
  public FolderLock lock() {
    return lock;
  }

  /** Creates an empty file for a video that is arriving. */
  public Path newUpload() throws IOException {
    return Files.createTempFile(folder.resolve("uploads"), "upload-", ".part");
  }

  /** Path of a session's video, whether or not there is one. */
  public Path videoOf(SessionId id) {
    return files.resolve("videos").resolve(id.toString());
  }

  /** The sessions that have a file in {@code videos/}; files with other names are not ours. */
  public Set<SessionId> videos() throws IOException {
    Set<SessionId> found = new HashSet<>();
    try (DirectoryStream<Path> listed = Files.newDirectoryStream(files.resolve("videos"))) {
      for (Path file : listed) {
        SessionId.parse(String.valueOf(file.getFileName())).ifPresent(found::add);
      }
    }
    return found;
  }

  /** Whether a video is so old that no other node is about to make its session. */
  public boolean isSettled(SessionId id, Instant now) {
    return !isShared() || videoOf(id).toFile().lastModified() < now.minus(STALE).toEpochMilli();
  }

  /** Deletes a session's video, if there is one. */
  public void deleteVideo(SessionId id) throws IOException {
    Files.deleteIfExists(videoOf(id));
  }

  /**
   * Deletes abandoned uploads.
   *
   * @return how many
   */
  public int deleteStaleUploads(Instant now) throws IOException {
    int deleted = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve("uploads"))) {
      for (Path file : files) {
        long modified = file.toFile().lastModified();
        if (modified > 0 && modified < now.minus(STALE).toEpochMilli()) {
          Files.deleteIfExists(file);
          deleted++;
        }
      }
    }
    return deleted;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  /** Otherwise the list of sessions would be empty, and the videos deleted as orphans. */
  private void requireDatabaseOfVideos() throws IOException {
    int videos = videos().size();
    if (videos > 0 && !Database.isThere(database())) {
      throw new UnusableDataException(
          "%s has %d videos but no database. Restore a backup, run ./framewise doctor --repair to make sessions of the videos, or move the folder videos away to start empty."
              .formatted(folder, videos));
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
