package framewise.engine.incident;

import framewise.engine.SessionId;
import framewise.engine.files.FileStore;
import framewise.engine.files.StoredFile;
import framewise.engine.keep.FileFootage;
import framewise.engine.keep.Footage;
import framewise.engine.keep.KeptFrame;
import framewise.engine.store.DiskSpace;
import framewise.media.MediaTime;
import framewise.media.picture.EncodedPicture;
import framewise.time.WallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves a peak picture and a clip of each incident from its session's kept pictures, before those
 * are evicted. Safe for any number of threads.
 */
public final class IncidentPictures implements AutoCloseable {
  /** Time of the clip before the first answer that met the condition. */
  static final Duration BEFORE = Duration.ofSeconds(5);

  /** Time of the clip after the incident opened. */
  static final Duration AFTER = Duration.ofSeconds(10);

  private static final Duration MAX_CLIP_LENGTH = Duration.ofSeconds(60);
  private static final Duration MARGIN = Duration.ofSeconds(1);

  /** Maximum distance in time between the saved picture and the peak answer's. */
  private static final MediaTime NEAR = MediaTime.ofSeconds(5);

  /** Maximum number of recent incidents whose pictures are saved after a restart. */
  private static final int MAX_SAVED_AT_START = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(IncidentPictures.class);

  /** Creates temporary files on this machine. */
  public interface Drafts {
    /** A new empty file; deleted at the next start if it still exists. */
    Path make() throws IOException;
  }

  private final IncidentFolder files;
  private final Drafts drafts;
  private final IncidentStore incidents;
  private final Function<SessionId, Optional<Footage>> footage;
  private final long quota;
  private final DiskSpace space;
  private final WallClock clock;
  private final Map<String, Incident> peaks = new ConcurrentHashMap<>();
  private final Set<String> clips = ConcurrentHashMap.newKeySet();
  private final LongAdder skipped = new LongAdder();
  private volatile Consumer<Incident> saved = incident -> {};
  private final PictureWorker pictures = new PictureWorker("incident-pictures");

  /**
   * A separate worker for clips, so that pictures never wait for clips: notices and second opinions
   * need the pictures.
   */
  private final PictureWorker films = new PictureWorker("incident-clips");

  /**
   * @param drafts creates a temporary file in which a clip is written
   * @param footage finds the pictures of a session
   * @param quota maximum bytes of all pictures and clips; the oldest are deleted first
   */
  public IncidentPictures(
      FileStore files,
      Drafts drafts,
      IncidentStore incidents,
      Function<SessionId, Optional<Footage>> footage,
      long quota,
      DiskSpace space,
      WallClock clock) {
    this.files = new IncidentFolder(files, incidents, quota);
    this.drafts = drafts;
    this.incidents = incidents;
    this.footage = footage;
    this.quota = quota;
    this.space = space;
    this.clock = clock;
  }

  /** Continues what the previous process left unfinished. */
  public void start() {
    Instant recent = clock.now().minus(MAX_CLIP_LENGTH);
    incidents.list(IncidentFilter.ALL, MAX_SAVED_AT_START).stream()
        .filter(incident -> incident.isOpen() || incident.opened().at().isAfter(recent))
        .forEach(this::changed);
  }

  /** Receives incidents whose picture was saved. Must be quick. */
  public void whenSaved(Consumer<Incident> listener) {
    saved = listener;
  }

  /** Saves the pictures of an incident that opened or has another peak. Returns at once. */
  public void changed(Incident incident) {
    if (quota == 0) {
      return;
    }
    boolean newPeak =
        !files.isKnown(incident, files.peak(incident))
            && peaks.put(incident.id(), incident) == null;
    if (newPeak) {
      submit(pictures, () -> savePeak(incident.id()), Duration.ZERO);
    }
    if (!files.isKnown(incident, files.clip(incident)) && clips.add(incident.id())) {
      boolean isFile =
          footage.apply(incident.session()).filter(FileFootage.class::isInstance).isPresent();
      Duration wait =
          isFile
              ? Duration.ZERO
              : Duration.between(clock.now(), incident.opened().seenAt().plus(AFTER).plus(MARGIN));
      // At most this long, because the clock may have been set back since.
      Duration most = AFTER.plus(MARGIN);
      submit(films, () -> saveClip(incident), wait.compareTo(most) > 0 ? most : wait);
    }
  }

  /** The peak picture; empty while there is none. */
  public Optional<StoredFile> picture(Incident incident) {
    StoredFile peak = files.peak(incident);
    if (files.exists(incident, peak)) {
      return Optional.of(peak);
    }
    // While the newest picture is being saved, an earlier one is used.
    return files.pictures(incident).stream().findFirst();
  }

  /** The clip; empty while there is none. */
  public Optional<StoredFile> clip(Incident incident) {
    return Optional.of(files.clip(incident)).filter(clip -> files.exists(incident, clip));
  }

  /** Number of pictures and clips that were not saved because too many waited. */
  public long skipped() {
    return skipped.sum();
  }

  /** Deletes the pictures of a session's incidents. */
  public void delete(SessionId session) {
    files.delete(session);
  }

  /**
   * Deletes files without a stored incident, and the oldest files until the rest fits the quota.
   *
   * @return number of deleted files
   */
  public long sweep() throws IOException {
    return files.sweep(clock.now());
  }

  @Override
  public void close() {
    pictures.close();
    films.close();
  }

  private void submit(PictureWorker worker, PictureWorker.Work work, Duration wait) {
    if (!worker.submit(work, wait)) {
      skipped.increment();
    }
  }

  private void savePeak(String id) throws IOException, InterruptedException {
    Incident incident = peaks.remove(id);
    if (incident == null || space.isFull() || files.exists(incident, files.peak(incident))) {
      return;
    }
    Optional<Footage> source = footage.apply(incident.session());
    if (source.isEmpty()) {
      return;
    }
    Optional<KeptFrame> frame = frame(source.get(), incident.peak());
    if (frame.isEmpty()) {
      LOG.debug("there is no stored picture of incident {}", id);
      return;
    }
    for (EncodedPicture picture : source.get().pictures(List.of(frame.get()))) {
      List<StoredFile> earlier = files.pictures(incident);
      StoredFile file = files.peak(incident);
      files.write(incident, file, picture.jpeg());
      earlier.stream().filter(one -> !one.equals(file)).forEach(IncidentFolder::delete);
      saved.accept(incident);
    }
  }

  private static Optional<KeptFrame> frame(Footage source, Moment moment) {
    if (source instanceof FileFootage) {
      return source.near(before(moment.time()), NEAR, Footage.Direction.BACKWARD);
    }
    return time(source, moment.seenAt())
        .flatMap(time -> source.near(time, NEAR, Footage.Direction.NEAREST));
  }

  /** The time just before another: the end of an interval is exclusive. */
  private static MediaTime before(MediaTime time) {
    return new MediaTime(Math.max(0, time.micros() - 1));
  }

  /**
   * Converts wall-clock time to the time scale of kept pictures, which counts from the first
   * picture.
   */
  private static Optional<MediaTime> time(Footage source, Instant at) {
    return source
        .extent()
        .begin()
        .map(begin -> new MediaTime(Math.max(0, ChronoUnit.MICROS.between(begin, at))));
  }

  private void saveClip(Incident incident) throws IOException, InterruptedException {
    clips.remove(incident.id());
    Optional<Footage> source = footage.apply(incident.session());
    if (source.isEmpty()
        || space.isFull()
        || incidents.find(incident.id()).isEmpty()
        || files.exists(incident, files.clip(incident))) {
      return;
    }
    boolean isFile = source.get() instanceof FileFootage;
    Optional<MediaTime> first =
        isFile
            ? Optional.of(incident.first().time())
            : time(source.get(), incident.first().seenAt());
    Optional<MediaTime> opened =
        isFile
            ? Optional.of(incident.opened().time())
            : time(source.get(), incident.opened().seenAt());
    if (first.isEmpty() || opened.isEmpty()) {
      return;
    }
    MediaTime end = opened.get().plus(MediaTime.of(AFTER));
    long start =
        Math.max(first.get().micros() - micros(BEFORE), end.micros() - micros(MAX_CLIP_LENGTH));
    Path draft = drafts.make();
    Path film = draft.resolveSibling(draft.getFileName() + ".mp4");
    try {
      IncidentClip.write(source.get(), new MediaTime(Math.max(0, start)), end, film);
      if (Files.exists(film)) {
        files.move(incident, files.clip(incident), film);
      }
    } finally {
      Files.deleteIfExists(film);
      Files.deleteIfExists(draft);
    }
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
