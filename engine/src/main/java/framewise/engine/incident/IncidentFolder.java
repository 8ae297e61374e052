package framewise.engine.incident;

import framewise.engine.SessionId;
import framewise.engine.files.FileEntry;
import framewise.engine.files.FileStore;
import framewise.engine.files.StoredFile;
import framewise.time.Stopwatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files of incidents, under {@code incidents/} and the session's id. Thread-safe. */
final class IncidentFolder {
  private static final String PLACE = "incidents/";

  /**
   * How long a session's file list stays valid: listing incidents looks up two files of each, but
   * queries the store once a session.
   */
  private static final Duration LISTING_VALIDITY = Duration.ofSeconds(5);

  /** Age from which a file's incident must be in the database, whichever node wrote it. */
  private static final Duration ORPHAN_AGE = Duration.ofHours(1);

  private static final int MAX_LISTED = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(IncidentFolder.class);

  private record CachedListing(Set<String> keys, Stopwatch since) {}

  private final FileStore files;
  private final IncidentStore incidents;
  private final long quota;

  /** Recent file lists of a remote store, by session. */
  private final Map<SessionId, CachedListing> listed = new ConcurrentHashMap<>();

  /**
   * @param quota maximum bytes of all files; the oldest are deleted first
   */
  IncidentFolder(FileStore files, IncidentStore incidents, long quota) {
    this.files = files;
    this.incidents = incidents;
    this.quota = quota;
  }

  /**
   * The peak picture. Its name has the number of the answer, because another answer may become the
   * peak.
   */
  StoredFile peak(Incident incident) {
    return file(incident.session(), "%s_%d.jpg".formatted(incident.id(), incident.peak().seq()));
  }

  StoredFile clip(Incident incident) {
    return file(incident.session(), incident.id() + ".mp4");
  }

  /** Whether a file exists; files that other nodes write may be noticed a few seconds late. */
  boolean exists(Incident incident, StoredFile file) {
    return files.isRemote()
        ? listed(incident.session()).keys().contains(file.key())
        : file.exists();
  }

  /** Whether a file is known to exist, without a query to a remote store. */
  boolean isKnown(Incident incident, StoredFile file) {
    if (!files.isRemote()) {
      return file.exists();
    }
    CachedListing before = listed.get(incident.session());
    return before != null && before.keys().contains(file.key());
  }

  /** Pictures of an incident's present and earlier peaks. */
  List<StoredFile> pictures(Incident incident) {
    String start = place(incident.session()) + incident.id() + "_";
    return keys(incident.session()).stream()
        .filter(key -> key.startsWith(start))
        .map(key -> new StoredFile(files, key))
        .toList();
  }

  /** Writes a file completely or not at all. */
  void write(Incident incident, StoredFile file, byte[] content) throws IOException {
    files.putSoon(file.key(), content);
    listed.remove(incident.session());
  }

  /** Like {@link #write}, moving a file. */
  void move(Incident incident, StoredFile file, Path content) throws IOException {
    files.putSoon(file.key(), content);
    listed.remove(incident.session());
  }

  /** Deletes all files of a session. */
  void delete(SessionId session) {
    listed.remove(session);
    try {
      files.deleteAll(place(session));
    } catch (IOException e) {
      LOG.warn("pictures of session {} can't be deleted: {}", session, e.toString());
    }
  }

  /**
   * Deletes files without a stored incident, then the oldest files until the rest fits the quota.
   *
   * @return number of deleted files
   */
  long sweep(Instant now) throws IOException {
    List<FileEntry> all = new ArrayList<>(files.list(PLACE));
    Map<String, List<FileEntry>> bySession =
        all.stream().collect(Collectors.groupingBy(file -> session(file.key())));
    Instant settled = files.isShared() ? now.minus(ORPHAN_AGE) : Instant.MAX;
    long deleted = 0;
    for (Map.Entry<String, List<FileEntry>> each : bySession.entrySet()) {
      Optional<SessionId> id = SessionId.parse(each.getKey());
      Set<String> known = id.isPresent() ? new HashSet<>(incidents.ids(id.get())) : Set.of();
      for (FileEntry file : each.getValue()) {
        if (!known.contains(incident(file.key())) && file.modified().isBefore(settled)) {
          files.delete(file.key());
          all.remove(file);
          deleted++;
        }
      }
    }
    return deleted + limit(all);
  }

  private long limit(List<FileEntry> all) throws IOException {
    long bytes = all.stream().mapToLong(FileEntry::bytes).sum();
    long deleted = 0;
    for (FileEntry file : all.stream().sorted(Comparator.comparing(FileEntry::modified)).toList()) {
      if (bytes <= quota) {
        return deleted;
      }
      bytes -= file.bytes();
      files.delete(file.key());
      deleted++;
    }
    return deleted;
  }

  private Set<String> keys(SessionId session) {
    return files.isRemote() ? listed(session).keys() : list(session);
  }

  private CachedListing listed(SessionId session) {
    @Nullable CachedListing before = listed.get(session);
    if (before != null && !before.since().exceeds(LISTING_VALIDITY)) {
      return before;
    }
    if (listed.size() >= MAX_LISTED) {
      listed.clear();
    }
    CachedListing now = new CachedListing(list(session), Stopwatch.start());
    listed.put(session, now);
    return now;
  }

  private Set<String> list(SessionId session) {
    try {
      return files.list(place(session)).stream().map(FileEntry::key).collect(Collectors.toSet());
    } catch (IOException e) {
      LOG.debug("pictures of incidents can't be listed: {}", e.toString());
      return Set.of();
    }
  }

  static void delete(StoredFile file) {
    try {
      file.delete();
    } catch (IOException e) {
      LOG.debug("{} can't be deleted: {}", file.key(), e.toString());
    }
  }

  /** Id of the incident that a file belongs to. */
  private static String incident(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    int end = name.indexOf(name.endsWith(".jpg") ? '_' : '.');
    return end < 0 ? "" : name.substring(0, end);
  }

  private static String session(String key) {
    return key.substring(PLACE.length(), Math.max(PLACE.length(), key.lastIndexOf('/')));
  }

  private StoredFile file(SessionId session, String name) {
    return new StoredFile(files, place(session) + name);
  }

  private static String place(SessionId session) {
    return PLACE + session + "/";
  }
}
