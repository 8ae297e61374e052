package framewise.engine.backup;

import framewise.engine.SessionId;
import framewise.engine.ShownText;
import framewise.engine.folder.FolderLock;
import framewise.engine.store.Database;
import framewise.engine.store.OfflineDatabase;
import framewise.engine.store.OwnerOnlyFiles;
import framewise.engine.store.UnusableDataException;
import framewise.time.WallClock;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Restores a backup into a data folder: writes everything beside the present files, checks it, then
 * swaps the two; the previous files are kept.
 */
public final class BackupRestore {
  private static final String CODE =
      "SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')";

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);
  private static final List<String> PARTS =
      List.of(
          "framewise.db",
          "framewise.db-wal",
          "framewise.db-shm",
          "videos",
          "evidence",
          "incidents",
          "tls");

  private final Path data;

  /**
   * Summary of a restore.
   *
   * @param sessions number of sessions
   * @param kept the folder with the previous files; empty where there were none
   */
  public record RestoreSummary(int sessions, Optional<Path> kept) {}

  /**
   * @param data the data folder; created when missing
   */
  public BackupRestore(Path data) {
    this.data = data;
  }

  /**
   * Restores a backup.
   *
   * @param replace whether to replace a folder that isn't empty
   * @throws FileAlreadyExistsException when the folder isn't empty and may not be replaced
   * @throws framewise.engine.folder.DataFolderInUseException when a service uses the folder
   * @throws UnusableDataException when the file is not a valid backup; nothing has changed then
   */
  public RestoreSummary restore(Path backup, boolean replace) throws IOException {
    if (Files.exists(backup) && !Files.isRegularFile(backup)) {
      throw invalid(backup, "it is not a file"); // a pipe would wait for its writer
    }
    OwnerOnlyFiles.makeFolder(data);
    try (FolderLock _ = FolderLock.take(data)) {
      if (!replace && !isEmpty()) {
        throw new FileAlreadyExistsException(data.toString());
      }
      String stamp = STAMP.format(WallClock.system().now());
      Path staged = data.resolve("restoring-" + stamp);
      try {
        int sessions = stage(backup, staged);
        Optional<Path> kept = moveAway(data.resolve("replaced-" + stamp));
        moveAll(staged, data);
        return new RestoreSummary(sessions, kept);
      } finally {
        delete(staged);
      }
    }
  }

  /** Writes and checks all entries beside the present files. */
  private int stage(Path backup, Path staged) throws IOException {
    try (var zip = new ZipFile(backup.toFile())) {
      BackupManifest manifest = manifest(backup, zip);
      List<? extends ZipEntry> entries = zip.stream().toList();
      requireWhole(backup, manifest, entries);
      requireSpace(entries);
      OwnerOnlyFiles.makeFolder(staged);
      OwnerOnlyFiles.makeFolder(staged.resolve("videos"));
      var unpacking = new BackupUnpacking(zip, manifest, staged);
      unpacking.unpack(Backup.DATABASE);
      Set<String> sessions = check(backup, staged);
      for (ZipEntry entry : entries) {
        String name = entry.getName();
        boolean orphan = BackupEntry.session(name).filter(id -> !sessions.contains(id)).isPresent();
        if (!orphan && !name.equals(Backup.DATABASE) && !name.equals(BackupManifest.NAME)) {
          unpacking.unpack(name);
        }
      }
      return sessions.size();
    } catch (ZipException damaged) {
      throw invalid(backup, "it is not a backup of Framewise, or it is damaged");
    } catch (EOFException cut) {
      throw invalid(backup, "it was cut off");
    } catch (BackupUnpacking.WrongContentException wrong) {
      throw invalid(backup, String.valueOf(wrong.getMessage()));
    }
  }

  private static BackupManifest manifest(Path backup, ZipFile zip) throws IOException {
    ZipEntry entry = zip.getEntry(BackupManifest.NAME);
    if (entry == null || zip.getEntry(Backup.DATABASE) == null) {
      throw invalid(backup, "it is not a backup of Framewise");
    }
    try (var in = zip.getInputStream(entry)) {
      byte[] text = in.readNBytes(BackupManifest.MAX_BYTES);
      BackupManifest manifest =
          BackupManifest.read(text)
              .orElseThrow(() -> invalid(backup, "its manifest can't be read"));
      if (!manifest.isKnown()) {
        throw invalid(
            backup,
            "it was written by a newer version of Framewise (format %d)"
                .formatted(manifest.format()));
      }
      return manifest;
    }
  }

  /** Requires that the backup has exactly the entries that its manifest lists, each once. */
  private static void requireWhole(
      Path backup, BackupManifest manifest, List<? extends ZipEntry> entries) {
    Set<String> names = new HashSet<>();
    for (ZipEntry entry : entries) {
      String name = entry.getName();
      boolean listed =
          !manifest.lists()
              || name.equals(BackupManifest.NAME)
              || manifest.entries().containsKey(name);
      if (!BackupEntry.isKnown(name) || !listed || !names.add(name)) {
        throw invalid(
            backup,
            "it has an entry that is not part of backups, or that its manifest does not" + " list");
      }
    }
    manifest.entries().keySet().stream()
        .filter(name -> !names.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw invalid(
                  backup,
                  "%s is missing although its manifest lists it"
                      .formatted(ShownText.of(name, 100)));
            });
  }

  private void requireSpace(List<? extends ZipEntry> entries) {
    long bytes = entries.stream().mapToLong(ZipEntry::getSize).sum();
    // Files.getFileStore fails in a chroot, whose root is not a mount point.
    long free = data.toFile().getUsableSpace();
    if (free < bytes) {
      throw new UnusableDataException(
          ("The backup needs %d bytes in %s but only %d are free. Free some space, or"
                  + " choose another folder with --data.")
              .formatted(bytes, data, free));
    }
  }

  /** Ids of the sessions in the database. */
  private static Set<String> check(Path backup, Path staged) {
    Path database = staged.resolve(Backup.DATABASE);
    List<String> problems = OfflineDatabase.problems(database);
    if (!problems.isEmpty()) {
      throw invalid(backup, "its database is damaged: " + problems.getFirst());
    }
    try {
      int version = OfflineDatabase.version(database);
      if (version > OfflineDatabase.newestVersion()) {
        throw invalid(
            backup,
            "it was written by a newer version of Framewise (schema %d, this version supports %d)"
                .formatted(version, OfflineDatabase.newestVersion()));
      }
      // Framewise's own schema has none; one in a foreign archive could empty the audit log.
      if (!OfflineDatabase.strings(database, CODE).isEmpty()) {
        throw invalid(backup, "its database has triggers or views, which are not part of backups");
      }
      List<String> sessions = OfflineDatabase.strings(database, "SELECT id FROM session");
      // Ids are names of files, also in later backups.
      if (sessions.stream().anyMatch(id -> SessionId.parse(id).isEmpty())) {
        throw invalid(backup, "its database has a session with an invalid id");
      }
      return Set.copyOf(sessions);
    } catch (SQLException e) {
      throw invalid(backup, "its database can't be read: " + e.getMessage());
    }
  }

  private boolean isEmpty() throws IOException {
    if (Database.isThere(data.resolve(Backup.DATABASE))) {
      return false;
    }
    Path videos = data.resolve("videos");
    if (!Files.isDirectory(videos)) {
      return true;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(videos)) {
      return !files.iterator().hasNext();
    }
  }

  private Optional<Path> moveAway(Path kept) throws IOException {
    Files.createDirectories(kept);
    boolean moved = false;
    for (String part : PARTS) {
      Path old = data.resolve(part);
      if (Files.exists(old)) {
        Files.move(old, kept.resolve(part));
        moved = true;
      }
    }
    if (!moved) {
      Files.delete(kept);
    }
    return moved ? Optional.of(kept) : Optional.empty();
  }

  private static void moveAll(Path from, Path to) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
      for (Path file : files) {
        Files.move(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private static UnusableDataException invalid(Path backup, String how) {
    return new UnusableDataException("%s can't be restored: %s.".formatted(backup, how));
  }
}
