package framewise.engine.backup;

import framewise.engine.SessionId;
import framewise.engine.store.Database;
import framewise.engine.store.OfflineDatabase;
import framewise.engine.store.OwnerOnlyFiles;
import framewise.engine.store.UnusableDataException;
import framewise.time.WallClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the data folder into one ZIP file, even while a service uses it: a snapshot of the
 * database, then the videos, the evidence and the pictures of incidents of its sessions.
 */
public final class Backup {
  /** Name of the database's entry. */
  static final String DATABASE = "framewise.db";

  private final Path data;

  /**
   * Summary of a backup.
   *
   * @param sessions number of sessions
   * @param videos number of video files
   * @param bytes size of the backup
   */
  public record BackupSummary(int sessions, int videos, long bytes) {}

  /**
   * @param data the data folder
   */
  public Backup(Path data) {
    this.data = data;
  }

  /**
   * Writes the backup.
   *
   * @param overwrite whether an existing file is replaced
   * @throws FileAlreadyExistsException when the file exists and may not be replaced
   * @throws UnusableDataException when there is no database, or a damaged one
   */
  public BackupSummary write(Path target, boolean overwrite) throws IOException {
    if (!overwrite && Files.exists(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Path database = data.resolve(DATABASE);
    if (!Database.isThere(database)) {
      throw new UnusableDataException("There is no database in %s.".formatted(data));
    }
    Path half = target.resolveSibling(target.getFileName() + ".part");
    Path snapshot = target.resolveSibling(target.getFileName() + ".database");
    Files.deleteIfExists(snapshot);
    try {
      OfflineDatabase.snapshot(database, snapshot);
      BackupSummary written = write(half, snapshot, database);
      Files.move(half, target, StandardCopyOption.REPLACE_EXISTING);
      return written;
    } catch (SQLException e) {
      throw new UnusableDataException(
          "The database can't be copied (%s). Run ./framewise doctor.".formatted(e.getMessage()));
    } finally {
      Files.deleteIfExists(half);
      Files.deleteIfExists(snapshot);
    }
  }

  private BackupSummary write(Path half, Path snapshot, Path live)
      throws IOException, SQLException {
    Files.deleteIfExists(half);
    // The backup contains all videos, and the private key of the certificate.
    OwnerOnlyFiles.createFile(half);
    forgetForeign(snapshot);
    List<String> sessions = OfflineDatabase.strings(snapshot, "SELECT id FROM session");
    List<String> lost = new ArrayList<>();
    int videos = 0;
    Map<String, BackupManifest.Content> entries = new TreeMap<>();
    try (OutputStream out = Files.newOutputStream(half, StandardOpenOption.WRITE);
        var zip = new ZipOutputStream(out)) {
      // Videos and evidence are compressed already.
      zip.setLevel(Deflater.NO_COMPRESSION);
      for (String id : sessions) {
        Path video = data.resolve("videos").resolve(id);
        if (Files.exists(video)) {
          videos += put(zip, "videos/" + id, video, entries) ? 1 : 0;
        } else {
          lost.add(id);
        }
        putAll(zip, "evidence/" + id, data.resolve("evidence").resolve(id), entries);
        putAll(zip, "incidents/" + id, data.resolve("incidents").resolve(id), entries);
      }
      putAll(zip, "tls", data.resolve("tls"), entries);
      forgetDeleted(snapshot, live, lost);
      zip.setLevel(Deflater.DEFAULT_COMPRESSION);
      put(zip, DATABASE, snapshot, entries);
      manifest(zip, sessions.size(), entries);
    }
    return new BackupSummary(sessions.size(), videos, Files.size(half));
  }

  /**
   * Removes from the copied database sessions with an id that is none of ours. The service ignores
   * them, and an id names files: {@code ../x} would copy one from outside the folder.
   */
  private static void forgetForeign(Path snapshot) throws SQLException {
    for (String id : OfflineDatabase.strings(snapshot, "SELECT id FROM session")) {
      if (SessionId.parse(id).isEmpty()) {
        forget(snapshot, id);
      }
    }
  }

  private static void forget(Path snapshot, String id) throws SQLException {
    OfflineDatabase.execute(
        snapshot, "DELETE FROM session WHERE id = '%s'".formatted(id.replace("'", "''")));
  }

  /**
   * Removes from the copied database the sessions that were deleted, with their video, while the
   * backup was written.
   */
  private static void forgetDeleted(Path snapshot, Path live, List<String> lost)
      throws SQLException {
    for (String id : lost) {
      String one = "SELECT id FROM session WHERE id = '%s'".formatted(id.replace("'", "''"));
      if (OfflineDatabase.strings(live, one).isEmpty()) {
        forget(snapshot, id);
      }
    }
  }

  private static void manifest(
      ZipOutputStream zip, int sessions, Map<String, BackupManifest.Content> entries)
      throws IOException {
    zip.putNextEntry(new ZipEntry(BackupManifest.NAME));
    String text =
        BackupManifest.of(OfflineDatabase.newestVersion(), entries)
            .json(WallClock.system().now(), sessions);
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private static void putAll(
      ZipOutputStream zip, String name, Path folder, Map<String, BackupManifest.Content> entries)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String entry = name + "/" + file.getFileName();
        if (BackupEntry.isKnown(entry)) {
          put(zip, entry, file, entries);
        }
      }
    }
  }

  /** Returns false when the file was deleted in the meantime. */
  private static boolean put(
      ZipOutputStream zip, String name, Path file, Map<String, BackupManifest.Content> entries)
      throws IOException {
    MessageDigest digest = BackupEntry.digest();
    try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
      var entry = new ZipEntry(name);
      entry.setLastModifiedTime(Files.getLastModifiedTime(file));
      zip.putNextEntry(entry);
      long bytes = in.transferTo(zip);
      zip.closeEntry();
      entries.put(
          name, new BackupManifest.Content(bytes, HexFormat.of().formatHex(digest.digest())));
      return true;
    } catch (NoSuchFileException deleted) {
      return false;
    }
  }
}
