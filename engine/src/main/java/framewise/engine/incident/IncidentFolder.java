package framewise.engine.incident;

import framewise.engine.SessionId;
import framewise.engine.store.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files of incidents, in a folder for each session. Safe for any number of threads. */
final class IncidentFolder {
  private static final Logger LOG = LoggerFactory.getLogger(IncidentFolder.class);

  private final Path folder;
  private final IncidentStore incidents;
  private final long quota;

  /**
   * @param folder created when missing
   * @param quota maximum bytes of all files; the oldest are deleted first
   */
  IncidentFolder(Path folder, IncidentStore incidents, long quota) {
    this.folder = folder;
    this.incidents = incidents;
    this.quota = quota;
    try {
      OwnerOnly.makeFolder(folder);
      OwnerOnly.close(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the folder of a session. */
  void make(SessionId session) throws IOException {
    OwnerOnly.makeFolder(path(session));
  }

  /** Deletes all files of a session. */
  void delete(SessionId session) {
    of(session).forEach(IncidentFolder::delete);
    delete(path(session));
  }

  /**
   * Deletes what belongs to no stored incident.
   *
   * @return number of deleted files
   */
  long sweep() throws IOException {
    long deleted = 0;
    try (DirectoryStream<Path> sessions = Files.newDirectoryStream(folder)) {
      for (Path each : sessions) {
        Optional<SessionId> session = SessionId.parse(String.valueOf(each.getFileName()));
        Set<String> known =
            session.<Set<String>>map(id -> new HashSet<>(incidents.ids(id))).orElseGet(Set::of);
        if (!Files.isDirectory(each)) {
          continue;
        }
        for (Path file : files(each)) {
          // One that begins with a dot is being written.
          boolean whole = !String.valueOf(file.getFileName()).startsWith(".");
          if (whole && !known.contains(incident(file))) {
            delete(file);
            deleted++;
          }
        }
        if (known.isEmpty()) {
          delete(each);
        }
      }
    }
    return deleted + limit(quota);
  }

  /**
   * Deletes the oldest files beyond a size.
   *
   * @return number of deleted files
   */
  private long limit(long most) throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path session : files(folder)) {
      all.addAll(files(session));
    }
    all.sort(Comparator.comparingLong(file -> file.toFile().lastModified()));
    long bytes = all.stream().mapToLong(file -> file.toFile().length()).sum();
    long deleted = 0;
    for (Path file : all) {
      if (bytes <= most) {
        return deleted;
      }
      bytes -= file.toFile().length();
      delete(file);
      deleted++;
    }
    return deleted;
  }

  /** Deletes what a killed process was writing. */
  void deleteUnfinished() throws IOException {
    for (Path session : files(folder)) {
      files(session).stream()
          .filter(file -> String.valueOf(file.getFileName()).startsWith("."))
          .forEach(IncidentFolder::delete);
    }
  }

  /** Writes a file completely or not at all. */
  static void write(Path file, byte[] content) throws IOException {
    Path parent = file.resolveSibling("");
    OwnerOnly.makeFolder(parent);
    Path half = file.resolveSibling("." + file.getFileName() + ".part");
    OwnerOnly.makeFile(half);
    Files.write(half, content);
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Files of a session. */
  List<Path> of(SessionId session) {
    try {
      return files(path(session));
    } catch (IOException e) {
      LOG.debug("pictures of incidents can't be listed: {}", e.toString());
      return List.of();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.debug("{} can't be deleted: {}", file, e.toString());
    }
  }

  /** Id of the incident that a file belongs to. */
  private static String incident(Path file) {
    String name = String.valueOf(file.getFileName());
    int end = name.indexOf(name.endsWith(".jpg") ? '_' : '.');
    return end < 0 ? "" : name.substring(0, end);
  }

  /** With the number of the answer, because another answer may become the peak. */
  Path peak(Incident incident) {
    return path(incident.session())
        .resolve("%s_%d.jpg".formatted(incident.id(), incident.peak().seq()));
  }

  Path clip(Incident incident) {
    return path(incident.session()).resolve(incident.id() + ".mp4");
  }

  private Path path(SessionId session) {
    return folder.resolve(session.toString());
  }
}
