package framewise.engine.folder;

import framewise.engine.SessionId;
import framewise.engine.files.FileEntry;
import framewise.engine.files.FileStore;
import framewise.engine.files.FolderStore;
import framewise.engine.files.StoredFile;
import framewise.engine.store.Database;
import framewise.engine.store.DiskSpace;
import framewise.engine.store.OwnerOnlyFiles;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder with all data: {@code framewise.db}, {@code videos/}, {@code uploads/} for files that
 * are still arriving, {@code evidence/} for what was sent to services, {@code frames/} for kept
 * pictures of live video, {@code incidents/} for pictures of incidents, {@code reserve} for deletes
 * on a full disk. Locked while open, because two services on one folder would both resume the same
 * sessions.
 */
public final class DataFolder implements AutoCloseable {
  /** Time without a write after which an upload counts as abandoned. */
  private static final Duration STALE = Duration.ofHours(1);

  private static final String VIDEOS = "videos/";
  private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
  private static final List<String> DATABASE_FILES = List.of("", "-wal", "-shm");

  /** Opens the store of videos, evidence and pictures of incidents. */
  public interface StoreOpener {
    /** In the data folder itself. */
    StoreOpener SAME_FOLDER = (folder, space) -> new FolderStore(folder, false);

    /**
     * Opens it.
     *
     * @param folder the data folder
     * @param space of its disk
     */
    FileStore open(Path folder, DiskSpace space) throws IOException;
  }

  private final Path folder;

  /** Videos, evidence and pictures of incidents; several nodes may share them. */
  private final FileStore files;

  private final FolderLock lock;
  private final DiskSpace space;

  private DataFolder(Path folder, FileStore files, FolderLock lock, DiskSpace space) {
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
    return open(folder, StoreOpener.SAME_FOLDER);
  }

  /**
   * Like {@link #open(Path)}, with videos, evidence and pictures of incidents elsewhere.
   *
   * @param files opens their store, once the folder is locked
   */
  public static DataFolder open(Path folder, StoreOpener files) throws IOException {
    DataFolder data = openWithoutDatabase(folder, files);
    boolean opened = false;
    try {
      data.requireDatabaseOfVideos();
      OwnerOnlyFiles.makeFile(data.database());
      for (String suffix : DATABASE_FILES) {
        OwnerOnlyFiles.close(folder.resolve("framewise.db" + suffix));
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
   * Like {@link #open}, for a database on a server.
   *
   * @throws DataFolderInUseException when another process has it open
   */
  public static DataFolder openWithoutDatabase(Path folder) throws IOException {
    return openWithoutDatabase(folder, StoreOpener.SAME_FOLDER);
  }

  /**
   * Like {@link #openWithoutDatabase(Path)}, with videos, evidence and pictures of incidents
   * elsewhere.
   *
   * @param files opens their store, once the folder is locked
   */
  public static DataFolder openWithoutDatabase(Path folder, StoreOpener files) throws IOException {
    OwnerOnlyFiles.makeFolder(folder);
    for (String inside : List.of("videos", "uploads")) {
      OwnerOnlyFiles.makeFolder(folder.resolve(inside));
    }
    // Earlier versions created these folders with broader permissions. The data folder itself may
    // be shared on purpose, but not these.
    for (String inside : List.of("videos", "uploads", "evidence")) {
      OwnerOnlyFiles.close(folder.resolve(inside));
    }
    FolderLock lock = FolderLock.take(folder);
    boolean opened = false;
    try {
      DiskSpace space = DiskSpace.of(folder);
      FileStore store = files.open(folder, space);
      try {
        store.tidy();
        var data = new DataFolder(folder, store, lock, space);
        data.deleteUnfinishedUploads();
        data.reportVideosLeftHere();
        opened = true;
        return data;
      } finally {
        if (!opened) {
          store.close();
        }
      }
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
    return files.isShared();
  }

  /** The database's file. */
  public Path database() {
    return database(folder);
  }

  /** The database's file in a data folder that need not be open. */
  public static Path database(Path folder) {
    return folder.resolve("framewise.db");
  }

  /** Videos, evidence and pictures of incidents. */
  public FileStore files() {
    return files;
  }

  /** The folder for kept pictures of live video. */
  public Path frames() {
    return folder.resolve("frames");
  }

  /** Free space on its disk. */
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

  /** A session's video, whether or not there is one. */
  public StoredFile videoOf(SessionId id) {
    return new StoredFile(files, VIDEOS + id);
  }

  /**
   * Stores a session's video.
   *
   * @param file from {@link #newUpload}; moved
   */
  public void storeVideo(SessionId id, Path file) throws IOException {
    files.put(VIDEOS + id, file);
  }

  /**
   * Whether a session's video exists. True without a check where that would need a network call.
   */
  public boolean mayHaveVideo(SessionId id) {
    return files.isRemote() || videoOf(id).exists();
  }

  /**
   * The sessions that have a file in {@code videos/}. Files with other names don't belong to
   * Framewise.
   */
  public Set<SessionId> videos() throws IOException {
    Set<SessionId> found = new HashSet<>();
    for (FileEntry file : files.list(VIDEOS)) {
      SessionId.parse(file.key().substring(VIDEOS.length())).ifPresent(found::add);
    }
    return found;
  }

  /** Whether a video is old enough that no other node can still be creating its session. */
  public boolean isSettled(SessionId id, Instant now) {
    return !isShared()
        || videoOf(id).entry().filter(e -> e.modified().isBefore(now.minus(STALE))).isPresent();
  }

  /** Deletes a session's video, if there is one. */
  public void deleteVideo(SessionId id) throws IOException {
    files.delete(VIDEOS + id);
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
    files.close();
    lock.close();
  }

  /**
   * Warns about videos in this folder, which are not used while {@code FRAMEWISE_FILES} points
   * elsewhere.
   */
  private void reportVideosLeftHere() throws IOException {
    if (isShared()) {
      int left = new FolderStore(folder, false).list(VIDEOS).size();
      if (left > 0) {
        LOG.warn(
            "{} videos in {} aren't used: copy its folders videos, evidence and incidents to where"
                + " FRAMEWISE_FILES points, then delete them here",
            left,
            folder);
      }
    }
  }

  /**
   * Refuses videos without a database: the list of sessions would be empty, and the videos would be
   * deleted as orphans.
   */
  private void requireDatabaseOfVideos() throws IOException {
    int videos = videos().size();
    if (videos > 0 && !Database.isThere(database())) {
      if (files.isRemote()) {
        throw new UnusableDataException(
            "The file store has %d videos but %s has no database. Restore the backup that belongs to them, or choose another prefix in FRAMEWISE_FILES to start empty."
                .formatted(videos, folder));
      }
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
