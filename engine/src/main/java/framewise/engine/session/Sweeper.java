package framewise.engine.session;

import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.evidence.Evidence;
import framewise.engine.folder.DataFolder;
import framewise.engine.keep.FrameStore;
import framewise.engine.result.EventSweep;
import framewise.engine.result.ResultLog;
import framewise.engine.session.retention.Retention;
import framewise.engine.session.retention.SweepCounts;
import framewise.engine.session.retention.SweepCounts.SweptKind;
import framewise.engine.session.store.SessionStore;
import framewise.engine.session.store.SessionStore.SessionSummary;
import framewise.engine.source.SourceKind;
import framewise.engine.store.Database;
import framewise.time.WallClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes data beyond the limits of {@link Retention}, and files that belong to no session. A
 * running session keeps its video and the last {@link ResultLog#REPLAY_LIMIT} events of its newest
 * run. Used by one thread at a time.
 */
final class Sweeper {
  /** Minimum time after its last use before a video is deleted to free space. */
  private static final Duration IN_USE = Duration.ofDays(1);

  /**
   * With more orphaned videos than this, and more than half of all videos orphaned, this is
   * probably the wrong database.
   */
  private static final int SUSPICIOUS = 20;

  private static final int AT_ONCE = 2_000;
  private static final int PAGE = 500;
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

  private final Sessions sessions;
  private final DataFolder folder;
  private final Database database;
  private final SessionStore store;
  private final Evidence evidence;
  private final FrameStore frames;
  private final Retention keep;
  private final SweepCounts swept;
  private final WallClock clock;

  Sweeper(
      Sessions sessions,
      DataFolder folder,
      Database database,
      SessionStore store,
      Evidence evidence,
      FrameStore frames,
      Retention keep,
      SweepCounts swept,
      WallClock clock) {
    this.sessions = sessions;
    this.folder = folder;
    this.database = database;
    this.store = store;
    this.evidence = evidence;
    this.frames = frames;
    this.keep = keep;
    this.swept = swept;
    this.clock = clock;
  }

  /**
   * Sweeps once.
   *
   * @throws RefusedException when the database can't be used now
   */
  synchronized void sweep() throws IOException {
    var before = swept.snapshot();
    orphans();
    frames();
    evidence();
    uploads();
    results();
    incidents();
    swept.swept();
    String deleted = swept.since(before);
    if (!deleted.isEmpty()) {
      LOG.info("Sweep deleted {}", deleted);
      database.shrink();
    } else if (database.walBytes() > Database.MAX_WAL_BYTES) {
      database.shrink();
    }
  }

  private void orphans() throws IOException {
    Set<SessionId> orphans;
    try {
      orphans = folder.videos();
    } catch (RefusedException outOfReach) {
      LOG.debug("failed to delete old files: {}", outOfReach.getMessage());
      return;
    }
    int videos = orphans.size();
    // Files are listed first, so that a session created in between is in the lists of sessions read
    // later.
    Set<SessionId> known = new HashSet<>(sessions.arriving());
    known.addAll(store.ids());
    orphans.removeAll(known);
    orphans.removeIf(orphan -> !folder.isSettled(orphan, clock.now()));
    if (orphans.size() > SUSPICIOUS && orphans.size() > videos / 2) {
      LOG.warn(
          "{} of {} videos belong to no session, as with a wrong database. Keeping them."
              + " Run: ./framewise doctor",
          orphans.size(),
          videos);
    } else {
      for (SessionId orphan : orphans) {
        folder.deleteVideo(orphan);
      }
      swept.add(SweptKind.ORPHANS, orphans.size());
    }
    swept.add(SweptKind.ORPHANS, folder.deleteStaleUploads(clock.now()));
    if (!folder.files().isRemote() || sessions.leads()) {
      swept.add(SweptKind.ORPHANS, evidence.retain(known));
    }
  }

  /**
   * Frees space by deleting kept pictures first, because questions about them are asked within
   * minutes.
   */
  private void frames() {
    Set<SessionId> known = new HashSet<>(sessions.arriving());
    known.addAll(store.ids());
    store.ownKeep().forEach(frames::restore);
    swept.add(SweptKind.FRAMES, frames.sweep(known, store.imported()));
    long missing = missingSpace();
    if (missing > 0) {
      swept.add(SweptKind.FRAMES, frames.free(missing));
    }
  }

  private void evidence() {
    long files = 0;
    if (keep.evidenceAge().isPresent()) {
      files += evidence.deleteBefore(clock.now().minus(keep.evidenceAge().get()));
    }
    if (keep.evidencePerSession().isPresent()) {
      files += evidence.limitEach(keep.evidencePerSession().getAsLong());
    }
    long missing = missingSpace();
    if (missing > 0 && !folder.files().isRemote()) {
      files += evidence.free(missing);
    }
    swept.add(SweptKind.EVIDENCE, files);
  }

  private void incidents() throws IOException {
    if (keep.resultsAge().isPresent() && sessions.leads()) {
      int old =
          sessions.watches().incidents().deleteBefore(clock.now().minus(keep.resultsAge().get()));
      swept.add(SweptKind.INCIDENTS, old);
    }
    if (!folder.files().isRemote() || sessions.leads()) {
      swept.add(SweptKind.ORPHANS, sessions.incidentPictures().sweep());
    }
  }

  private void uploads() throws IOException {
    if (keep.uploadsAge().isEmpty() && keep.uploadsBytes().isEmpty()) {
      return;
    }
    List<SessionSummary> videos =
        all().stream()
            .filter(one -> one.row().source() == SourceKind.UPLOAD)
            .filter(one -> one.row().videoDeletedAt().isEmpty())
            .sorted(Comparator.comparing(Sweeper::lastUse))
            .toList();
    long bytes = videos.stream().mapToLong(one -> one.row().fileSize()).sum();
    long most = keep.uploadsBytes().orElse(Long.MAX_VALUE);
    Instant now = clock.now();
    for (SessionSummary video : videos) {
      Optional<String> why = Optional.empty();
      Duration unused = Duration.between(lastUse(video), now);
      if (keep.uploadsAge().filter(age -> unused.compareTo(age) > 0).isPresent()) {
        why = Optional.of("it was not used for longer than FRAMEWISE_KEEP_UPLOADS");
      } else if (bytes > most && unused.compareTo(IN_USE) > 0) {
        why = Optional.of("all videos were larger than FRAMEWISE_KEEP_UPLOADS_SIZE");
      } else if (keep.uploadsAge().isPresent()
          && unused.compareTo(IN_USE) > 0
          && !folder.files().isRemote()
          && missingSpace() > 0) {
        why = Optional.of("the disk had less free space than FRAMEWISE_KEEP_FREE");
      }
      if (why.isPresent() && sessions.deleteVideo(video.row().id(), why.get(), now)) {
        bytes -= video.row().fileSize();
        swept.add(SweptKind.UPLOADS, 1);
      }
    }
  }

  private void results() throws IOException {
    Instant now = clock.now();
    for (SessionSummary one : all()) {
      if (keep.resultsAge().isPresent()
          && isOver(one, now.minus(keep.resultsAge().get()))
          && sessions.mayChange(one.row().id())) {
        sessions.delete(one.row().id());
        swept.add(SweptKind.SESSIONS, 1);
      } else {
        trim(one, now);
      }
    }
    if (keep.databaseBytes().isPresent()) {
      shrinkTo(keep.databaseBytes().getAsLong());
    }
  }

  /** Whether a session has only old results left. */
  private boolean isOver(SessionSummary one, Instant cutoff) {
    boolean hasVideo =
        one.row().source() == SourceKind.URL
            || (one.row().source() == SourceKind.UPLOAD && one.row().videoDeletedAt().isEmpty());
    return !hasVideo && !sessions.isBusy(one.row().id()) && lastUse(one).isBefore(cutoff);
  }

  private void trim(SessionSummary one, Instant now) {
    SessionId id = one.row().id();
    long last = one.tally().lastSeq();
    long before = last - keep.resultsPerSession() + 1;
    if (keep.resultsAge().isPresent()) {
      Instant cutoff = now.minus(keep.resultsAge().get());
      Optional<Long> oldest =
          one.row().importedAt().orElse(one.row().createdAt()).isBefore(cutoff)
              ? EventSweep.oldest(database, id)
              : Optional.empty();
      if (oldest.isPresent()) {
        before = Math.max(before, EventSweep.firstSince(database, id, oldest.get(), last, cutoff));
      }
    }
    deleteBefore(one, before);
  }

  /** Deletes the oldest events of the least recently used sessions first. */
  private void shrinkTo(long most) {
    List<SessionSummary> oldestFirst =
        all().stream().sorted(Comparator.comparing(Sweeper::lastUse)).toList();
    for (SessionSummary one : oldestFirst) {
      while (database.usedBytes() > most && deleteSome(one)) {
        LOG.debug("session {}: deleted old events, the database is too large", one.row().id());
      }
    }
  }

  private boolean deleteSome(SessionSummary one) {
    long oldest = EventSweep.oldest(database, one.row().id()).orElse(Long.MAX_VALUE);
    return oldest < Long.MAX_VALUE && deleteBefore(one, oldest + AT_ONCE) > 0;
  }

  private long deleteBefore(SessionSummary one, long before) {
    long last = one.tally().lastSeq();
    long kept = sessions.isBusy(one.row().id()) ? ResultLog.REPLAY_LIMIT : 1;
    long end = Math.min(before, last - kept + 1);
    long deleted = 0;
    int some = end > 1 ? AT_ONCE : 0;
    while (some == AT_ONCE) {
      some = EventSweep.deleteBefore(database, one.row().id(), end, AT_ONCE);
      deleted += some;
    }
    swept.add(SweptKind.RESULTS, deleted);
    return deleted;
  }

  private long missingSpace() {
    return folder.space().shareOf(keep.freeBytes()) - folder.space().freeBytes();
  }

  private List<SessionSummary> all() {
    List<SessionSummary> all = new ArrayList<>();
    List<SessionSummary> page = store.page(0, PAGE);
    while (!page.isEmpty()) {
      all.addAll(page);
      page = store.page(all.size(), PAGE);
    }
    return all;
  }

  private static Instant lastUse(SessionSummary one) {
    Instant made = one.row().importedAt().orElse(one.row().createdAt());
    Instant event = one.tally().at();
    return event.isAfter(made) ? event : made;
  }
}
