package framewise.engine.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import framewise.engine.SessionId;
import framewise.engine.folder.DataFolderInUseException;
import framewise.engine.session.Sessions;
import framewise.engine.session.restart.DataFolders;
import framewise.engine.store.OfflineDatabase;
import framewise.engine.store.UnusableDataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BackupsAreRestoredTest {
  @TempDir Path folder;
  private Path backup = Path.of("");

  @BeforeEach
  void place() {
    backup = folder.resolve("backup.zip");
  }

  @Test
  void withEverythingEvenDuringARun() throws Exception {
    List<SessionId> ids = DataFolders.make(folder, 2);
    Path evidence = folder.resolve("data/evidence").resolve(ids.getFirst() + "/4.zip");
    Files.createDirectories(folder.resolve("data/evidence").resolve(ids.getFirst().toString()));
    Files.writeString(evidence, "what was sent");
    DataFolders.look(
        folder,
        running -> {
          Backup.BackupSummary written = write(false);
          assertThat(written.sessions()).isEqualTo(2);
          assertThat(written.videos()).isEqualTo(2);
          assertThat(restoreFails(folder.resolve("data"), true))
              .isInstanceOf(DataFolderInUseException.class);
        });
    assertThatThrownBy(() -> new Backup(folder.resolve("data")).write(backup, false))
        .isInstanceOf(FileAlreadyExistsException.class);

    Path other = folder.resolve("other");
    var restored = new BackupRestore(other.resolve("data")).restore(backup, false);
    assertThat(restored.sessions()).isEqualTo(2);
    assertThat(restored.kept()).isEmpty();
    DataFolders.look(
        other,
        sessions -> {
          assertThat(sessions.count()).isEqualTo(2);
          var session = sessions.get(ids.getFirst());
          assertThat(session.view().counters().results()).isEqualTo(3);
          assertThat(session.log().resultsAfter(0, 10)).hasSize(3);
          assertThat(session.file().orElseThrow().path())
              .hasSameBinaryContentAs(
                  folder.resolve("data/videos").resolve(ids.getFirst().toString()));
        });
    assertThat(other.resolve("data/evidence").resolve(ids.getFirst() + "/4.zip"))
        .hasContent("what was sent");
  }

  /** Regression: every user of the machine could read the HTTPS key and all videos. */
  @Test
  void readableByItsOwnerOnly() throws Exception {
    assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
    DataFolders.make(folder, 1);
    Files.createDirectories(folder.resolve("data/tls"));
    Files.writeString(folder.resolve("data/tls/key.pem"), "a key");
    write(false);
    Path other = Files.createDirectories(folder.resolve("other/data"));
    new BackupRestore(other).restore(backup, false);
    try (Stream<Path> all = Files.walk(other)) {
      for (Path path : all.filter(one -> !one.equals(other) && !isLock(one)).toList()) {
        String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        assertThat(rights).as(path.toString()).endsWith("------");
      }
    }
    assertThat(other.resolve("tls/key.pem")).hasContent("a key");
  }

  private static boolean isLock(Path path) {
    return path.toFile().length() == 0;
  }

  @Test
  void andTheFormerFolderIsKept() throws Exception {
    SessionId old = DataFolders.make(folder, 1).getFirst();
    write(false);
    DataFolders.look(folder, sessions -> delete(sessions, old));
    SessionId newer = DataFolders.make(folder, 1).getFirst();
    Path data = folder.resolve("data");
    assertThatThrownBy(() -> new BackupRestore(data).restore(backup, false))
        .isInstanceOf(FileAlreadyExistsException.class);
    Path kept = new BackupRestore(data).restore(backup, true).kept().orElseThrow();
    DataFolders.look(
        folder, sessions -> assertThat(sessions.list(0, 10).getFirst().id()).isEqualTo(old));
    assertThat(kept.resolve("framewise.db")).exists();
    assertThat(kept.resolve("videos").resolve(newer.toString())).exists();
  }

  @Test
  void unlessTheBackupIsDamaged() throws Exception {
    DataFolders.make(folder, 1);
    write(false);
    Path data = folder.resolve("data");

    Path cut = folder.resolve("cut.zip");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(backup), 5_000));
    assertUnsound(cut);
    Path flipped = folder.resolve("flipped.zip");
    Files.copy(backup, flipped);
    try (var out = FileChannel.open(flipped, StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), Files.size(flipped) / 3);
    }
    assertUnsound(flipped);
    assertUnsound(Files.writeString(folder.resolve("text.zip"), "no zip"));
    assertUnsound(withEntry("../escaped"));
    assertUnsound(withEntry("videos/../../escaped"));
    assertThat(folder.resolve("escaped")).doesNotExist();
    assertThat(data.resolve("framewise.db")).exists();
    try (var files = Files.list(data)) {
      assertThat(files).noneMatch(file -> file.toString().contains("restoring"));
    }
  }

  /** Seen: a video with other content was restored, because only the archive's checksum counted. */
  @Test
  void unlessAnEntryDiffersFromTheManifest() throws Exception {
    DataFolders.make(folder, 2);
    write(false);
    String video;
    try (var zip = new ZipFile(backup.toFile())) {
      video =
          zip.stream()
              .map(ZipEntry::getName)
              .filter(name -> name.startsWith("videos/"))
              .findFirst()
              .orElseThrow();
    }
    Path data = folder.resolve("data");
    assertThat(restoreFails(rewritten(video, Optional.of("another".getBytes(UTF_8))), data))
        .hasMessageContaining(video + " is not the file that its manifest lists");
    assertThat(restoreFails(rewritten(video, Optional.empty()), data))
        .hasMessageContaining(video + " is missing although its manifest lists it");
    assertThat(
            restoreFails(
                rewritten("framewise-backup.json", Optional.of("{\"format\":3}".getBytes(UTF_8))),
                data))
        .hasMessageContaining("by a newer version of Framewise (format 3)");
    assertThat(restoreFails(withEntry("videos/" + SessionId.random()), data))
        .hasMessageContaining("that its manifest does not list");
    assertThat(data.resolve(video)).exists();
  }

  /** Backups of the first format do not list their entries. */
  @Test
  void withoutVideosOfNoSession() throws Exception {
    DataFolders.make(folder, 1);
    write(false);
    backup =
        rewritten(
            "framewise-backup.json", Optional.of("{\"format\":1,\"schema\":1}".getBytes(UTF_8)));
    var stranger = SessionId.random();
    Path data = folder.resolve("fresh");
    assertThat(new BackupRestore(data).restore(withEntry("videos/" + stranger), false).sessions())
        .isEqualTo(1);
    try (var videos = Files.list(data.resolve("videos"))) {
      assertThat(videos).hasSize(1).noneMatch(file -> file.endsWith(stranger.toString()));
    }
  }

  /** A copy of the backup in which one entry has other content, or is missing. */
  private Path rewritten(String name, Optional<byte[]> content) throws IOException {
    Path made = Files.createTempFile(folder, "rewritten", ".zip");
    try (var from = new ZipFile(backup.toFile());
        var zip = new ZipOutputStream(Files.newOutputStream(made))) {
      for (ZipEntry entry : from.stream().toList()) {
        boolean other = entry.getName().equals(name);
        if (!other || content.isPresent()) {
          zip.putNextEntry(new ZipEntry(entry.getName()));
          zip.write(other ? content.orElseThrow() : from.getInputStream(entry).readAllBytes());
        }
      }
    }
    return made;
  }

  /** Seen: a trigger in a hostile archive emptied the audit log after the restore. */
  @Test
  void unlessItsDatabaseHasTriggers() throws Exception {
    DataFolders.make(folder, 1);
    OfflineDatabase.execute(
        folder.resolve("data/framewise.db"),
        "CREATE TRIGGER emptied AFTER INSERT ON session BEGIN DELETE FROM session; END");
    write(false);
    assertUnsound(backup);
  }

  /** Seen: such a session, of a foreign archive, made later backups copy a file from outside. */
  @Test
  void unlessASessionNamesAFileOutsideTheFolder() throws Exception {
    DataFolders.make(folder, 1);
    Files.writeString(folder.resolve("secret"), "of somebody else");
    Path database = folder.resolve("data/framewise.db");
    OfflineDatabase.execute(database, "PRAGMA foreign_keys = OFF");
    OfflineDatabase.execute(
        database,
        """
        INSERT INTO session (id, source, filename, file_size, video, created_at, status, dropped)
        SELECT '../../secret', source, filename, file_size, video, created_at, status, dropped
        FROM session LIMIT 1
        """);
    write(false);
    try (var zip = new ZipFile(backup.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName)).noneMatch(name -> name.contains("secret"));
    }
    assertThat(new BackupRestore(folder.resolve("again")).restore(backup, false).sessions())
        .isEqualTo(1);

    // The archive as somebody else would write it.
    backup = withDatabase(Files.readAllBytes(database));
    assertThat(restoreFails(backup, folder.resolve("elsewhere")))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("an invalid id");
  }

  /** The backup with another database, which its manifest lists. */
  private Path withDatabase(byte[] database) throws Exception {
    byte[] old;
    String manifest;
    try (var zip = new ZipFile(backup.toFile())) {
      old = zip.getInputStream(zip.getEntry(Backup.DATABASE)).readAllBytes();
      manifest =
          new String(
              zip.getInputStream(zip.getEntry(BackupManifest.NAME)).readAllBytes(),
              StandardCharsets.UTF_8);
    }
    String changed =
        manifest
            .replace(sha256(old), sha256(database))
            .replaceAll(
                "(\"%s\"\\s*:\\s*\\{\\s*\"bytes\"\\s*:\\s*)\\d+".formatted(Backup.DATABASE),
                "$1" + database.length);
    backup = rewritten(Backup.DATABASE, Optional.of(database));
    return rewritten(BackupManifest.NAME, Optional.of(changed.getBytes(StandardCharsets.UTF_8)));
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /** Seen: it waited for the pipe's writer without a word. */
  @Test
  @Timeout(30)
  void pipesAndFoldersAreRefused() throws Exception {
    Path pipe = folder.resolve("pipe.zip");
    new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    for (Path no : List.of(pipe, folder)) {
      assertThatThrownBy(() -> new BackupRestore(folder.resolve("new")).restore(no, false))
          .hasMessage("%s can't be restored: it is not a file.", no);
    }
  }

  private void assertUnsound(Path file) {
    assertThat(restoreFails(file, folder.resolve("data")))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("can't be restored");
  }

  private Throwable restoreFails(Path data, boolean replace) {
    return catchThrowable(() -> new BackupRestore(data).restore(backup, replace));
  }

  private static Throwable restoreFails(Path file, Path data) {
    return catchThrowable(() -> new BackupRestore(data).restore(file, true));
  }

  /** Copies the backup and adds one entry. */
  private Path withEntry(String name) throws IOException {
    Path made = folder.resolve("made-" + name.length() + ".zip");
    try (var from = new ZipFile(backup.toFile());
        var zip = new ZipOutputStream(Files.newOutputStream(made))) {
      for (ZipEntry entry : from.stream().toList()) {
        zip.putNextEntry(new ZipEntry(entry.getName()));
        from.getInputStream(entry).transferTo(zip);
      }
      zip.putNextEntry(new ZipEntry(name));
      zip.write(1);
    }
    return made;
  }

  private Backup.BackupSummary write(boolean overwrite) {
    try {
      return new Backup(folder.resolve("data")).write(backup, overwrite);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Sessions sessions, SessionId id) {
    try {
      sessions.delete(id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
