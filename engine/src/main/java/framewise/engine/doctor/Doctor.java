package framewise.engine.doctor;

import framewise.engine.SessionId;
import framewise.engine.files.FileEntry;
import framewise.engine.files.ObjectStore;
import framewise.engine.session.view.VideoJson;
import framewise.engine.store.Database;
import framewise.engine.store.OfflineDatabase;
import framewise.engine.store.OwnerOnlyFiles;
import framewise.engine.store.Salvage;
import framewise.media.NotAVideoException;
import framewise.media.VideoInfo;
import framewise.media.file.VideoReader;
import framewise.time.WallClock;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Examines a data folder, and repairs its database into a new file; the old one is kept. A folder
 * must not be in use while it is repaired.
 */
public final class Doctor {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private static final String BAD_SESSIONS =
      """
      SELECT id FROM session WHERE NOT json_valid(video) OR NOT json_valid(coalesce(settings, '{}'))
        OR status NOT IN ('uploaded', 'waiting', 'streaming', 'stopped', 'finished', 'failed')
      """;

  private static final String BAD_EVENTS =
      """
      SELECT count(*) FROM event WHERE (packed IS NULL AND NOT json_valid(json))
        OR (packed IS NOT NULL AND dictionary NOT IN (SELECT id FROM dictionary))
      """;

  private static final String WITH_VIDEO =
      "SELECT id FROM session WHERE source = 'upload' AND video_deleted_at IS NULL";

  private final Path data;
  private final Path database;
  private final Optional<ObjectStore> objects;

  /**
   * @param data the data folder
   * @param objects has the videos; empty where they are in the data folder
   */
  public Doctor(Path data, Optional<ObjectStore> objects) {
    this.data = data;
    this.objects = objects;
    this.database = data.resolve("framewise.db");
  }

  /** Lists what is wrong; empty for a sound folder. Changes nothing. */
  public List<Finding> examine() throws IOException {
    Optional<String> obstacle = Database.obstacle(database);
    if (obstacle.isPresent()) {
      return List.of(new Finding(obstacle.get(), ""));
    }
    Set<String> videos = videos();
    if (!Database.isThere(database)) {
      return videos.isEmpty()
          ? List.of()
          : List.of(
              new Finding(
                  "%d videos but no database.".formatted(videos.size()),
                  ifHere("Create a new database with a session for each video.")));
    }
    List<String> problems = OfflineDatabase.problems(database);
    if (!problems.isEmpty()) {
      return List.of(
          new Finding(
              "The database is damaged: " + String.join("; ", problems),
              "Copy the readable rows into a new database, with a session for each video."
                  + " Keep the old file."));
    }
    try {
      return examineRows(videos);
    } catch (SQLException e) {
      return List.of(
          new Finding(
              "The database can't be read: " + e.getMessage(),
              "Copy the readable rows into a new database. Keep the old file."));
    }
  }

  /**
   * Repairs the database into a new file.
   *
   * @return what was repaired, a sentence each; empty when nothing was
   * @throws IOException when a file can't be written; the old database stays in place then
   */
  public List<String> repair() throws IOException, SQLException {
    List<Finding> findings = examine();
    List<String> done = new ArrayList<>();
    if (findings.stream().allMatch(finding -> finding.remedy().isEmpty())) {
      return done;
    }
    String stamp = STAMP.format(WallClock.system().now());
    Path fresh = data.resolve("framewise.db.repaired-" + stamp);
    // It holds hashes of passwords and keys.
    OwnerOnlyFiles.makeFile(fresh);
    Salvage.create(fresh);
    if (Database.isThere(database)) {
      boolean whole = Salvage.copy(database, fresh);
      done.add(
          "Copied %s sessions and %s events%s."
              .formatted(
                  OfflineDatabase.strings(fresh, "SELECT count(*) FROM session").getFirst(),
                  OfflineDatabase.strings(fresh, "SELECT count(*) FROM event").getFirst(),
                  whole ? "" : "; the rest is unreadable"));
    }
    mendRows(fresh, done);
    addVideos(fresh, done);
    List<String> problems = OfflineDatabase.problems(fresh);
    if (!problems.isEmpty()) {
      throw new IOException("the new database has faults, too: " + problems.getFirst());
    }
    keepOld(stamp, done);
    Files.move(fresh, database);
    return done;
  }

  private List<Finding> examineRows(Set<String> videos) throws IOException, SQLException {
    List<Finding> found = new ArrayList<>();
    int version = OfflineDatabase.version(database);
    if (version > OfflineDatabase.newestVersion()) {
      found.add(
          new Finding(
              "The database was written by a newer version of Framewise (schema %d; this version supports %d). Use that version."
                  .formatted(version, OfflineDatabase.newestVersion()),
              ""));
      return found;
    }
    if (version < OfflineDatabase.newestVersion()) {
      return found; // from an earlier version: the next start updates it
    }
    int badSessions = OfflineDatabase.strings(database, BAD_SESSIONS).size();
    if (badSessions > 0) {
      found.add(
          new Finding(
              "The records of %d sessions can't be read.".formatted(badSessions),
              "Rewrite these records with what is known, and keep their results."));
    }
    long badEvents = Long.parseLong(OfflineDatabase.strings(database, BAD_EVENTS).getFirst());
    if (badEvents > 0) {
      found.add(
          new Finding(
              "%d events can't be read. They are shown as damaged.".formatted(badEvents), ""));
    }
    Set<String> orphans = new HashSet<>(videos);
    OfflineDatabase.strings(database, "SELECT id FROM session").forEach(orphans::remove);
    if (!orphans.isEmpty()) {
      found.add(
          new Finding(
              "%d videos belong to no session.".formatted(orphans.size()),
              ifHere("Create a session for each of them. Otherwise the next start deletes them.")));
    }
    List<String> missing = new ArrayList<>(OfflineDatabase.strings(database, WITH_VIDEO));
    missing.removeAll(videos);
    if (!missing.isEmpty()) {
      found.add(
          new Finding(
              "%d sessions no longer have a video. Their results are kept."
                  .formatted(missing.size()),
              ""));
    }
    return found;
  }

  private void mendRows(Path fresh, List<String> done) throws SQLException, IOException {
    List<String> bad = OfflineDatabase.strings(fresh, BAD_SESSIONS);
    for (String id : bad) {
      try (var connection = OfflineDatabase.open(fresh);
          var update =
              connection.prepareStatement(
                  "UPDATE session SET settings = NULL, status = 'failed', reason = ?, video = ? WHERE id = ?")) {
        update.setString(1, "The record of this session was damaged and has been repaired.");
        update.setString(2, VideoJson.write(probe(id)).toString());
        update.setString(3, id);
        update.execute();
      }
    }
    if (!bad.isEmpty()) {
      done.add("Repaired the records of %d sessions.".formatted(bad.size()));
    }
  }

  /** Adds a session for each video that has none. */
  private void addVideos(Path fresh, List<String> done) throws IOException, SQLException {
    if (objects.isPresent()) {
      return; // only a database on this machine can be examined
    }
    Set<String> orphans = videos();
    OfflineDatabase.strings(fresh, "SELECT id FROM session").forEach(orphans::remove);
    int added = 0;
    for (String id : orphans) {
      Path file = data.resolve("videos").resolve(id);
      Optional<VideoInfo> video = probe(id);
      FileTime modified = Files.getLastModifiedTime(file);
      try (var connection = OfflineDatabase.open(fresh);
          var insert =
              connection.prepareStatement(
                  """
                  INSERT INTO session
                    (id, source, filename, file_size, video, created_at, status, dropped)
                  VALUES (?, 'upload', ?, ?, ?, ?, 'uploaded', 0)
                  """)) {
        insert.setString(1, id);
        insert.setString(2, "recovered-" + id.substring(0, 8));
        insert.setLong(3, Files.size(file));
        insert.setString(4, VideoJson.write(video).toString());
        insert.setLong(5, modified.toMillis());
        insert.execute();
      }
      added++;
    }
    if (added > 0) {
      done.add("Created sessions for %d videos.".formatted(added));
    }
  }

  private void keepOld(String stamp, List<String> done) throws IOException {
    for (String ending : List.of("", "-wal", "-shm")) {
      Path old = data.resolve("framewise.db" + ending);
      if (Files.exists(old)) {
        Files.move(old, data.resolve("framewise.db.old-" + stamp + ending));
      }
    }
    done.add("Kept the old database as framewise.db.old-%s.".formatted(stamp));
  }

  private Optional<VideoInfo> probe(String id) {
    try {
      return Optional.of(VideoReader.probe(data.resolve("videos").resolve(id)));
    } catch (NotAVideoException | RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  private String ifHere(String remedy) {
    return objects.isEmpty() ? remedy : "";
  }

  private Set<String> videos() throws IOException {
    Set<String> found = new HashSet<>();
    if (objects.isPresent()) {
      for (FileEntry file : objects.get().list("videos/")) {
        SessionId.parse(file.key().substring("videos/".length()))
            .ifPresent(id -> found.add(id.toString()));
      }
      return found;
    }
    Path folder = data.resolve("videos");
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          SessionId.parse(String.valueOf(file.getFileName()))
              .ifPresent(id -> found.add(id.toString()));
        }
      }
    }
    return found;
  }
}
