package framewise.engine.keep;

import framewise.engine.SessionId;
import framewise.engine.source.Pictures;
import framewise.engine.store.DiskSpace;
import framewise.engine.store.OwnerOnlyFiles;
import framewise.media.picture.EncodedPicture;
import framewise.time.WallClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kept pictures of all sessions, one folder each. When their total size exceeds the quota, the
 * oldest picture of all is evicted first. Safe for any number of threads.
 */
public final class FrameStore {
  /** 4 GB. */
  public static final long DEFAULT_QUOTA = 4L << 30;

  private static final Logger LOG = LoggerFactory.getLogger(FrameStore.class);

  private final Path folder;
  private final KeepSettings usual;
  private final long quota;
  private final DiskSpace space;
  private final WallClock clock;
  private final Map<SessionId, FrameRing> rings = new ConcurrentHashMap<>();

  /** Sessions whose video is connected. Guarded by this. */
  private final Set<SessionId> live = new HashSet<>();

  /** Limits encoding to half of the CPU cores, and leaves the others to inference. */
  private final Semaphore encoders =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

  private final LongAdder kept = new LongAdder();
  private final LongAdder evicted = new LongAdder();
  private final LongAdder skipped = new LongAdder();

  /**
   * Opens the folder with what an earlier process left in it.
   *
   * @param folder created when missing
   * @param usual settings for sessions without their own
   * @param quota maximum bytes of all pictures; 0 keeps nothing
   * @param space free space of the disk; while the disk is full, nothing is kept
   */
  public FrameStore(Path folder, KeepSettings usual, long quota, DiskSpace space, WallClock clock) {
    this.folder = folder;
    this.usual = usual;
    this.quota = quota;
    this.space = space;
    this.clock = clock;
    try {
      OwnerOnlyFiles.makeFolder(folder);
      OwnerOnlyFiles.close(folder);
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder)) {
        for (Path each : folders) {
          Optional<SessionId> id = SessionId.parse(String.valueOf(each.getFileName()));
          if (id.isPresent() && Files.isDirectory(each)) {
            rings.put(id.get(), FrameRing.found(each, usual.seconds()));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Settings for sessions without their own. */
  public KeepSettings defaults() {
    return usual;
  }

  /** The kept pictures of a session; none where nothing was ever kept. */
  public Footage of(SessionId session) {
    FrameRing ring = rings.get(session);
    return ring == null ? new FrameRing(path(session), usual.seconds()) : ring;
  }

  /**
   * Creates a keeper for these pictures. It works from its start until it is closed.
   *
   * @param settings of the session; empty for the default
   */
  public synchronized FrameKeeper keeper(
      SessionId session, Optional<KeepSettings> settings, Pictures pictures) {
    KeepSettings with = quota == 0 ? KeepSettings.OFF : settings.orElse(usual);
    FrameRing ring = rings.computeIfAbsent(session, id -> new FrameRing(path(id), with.seconds()));
    ring.keep(with.seconds());
    live.add(session);
    return new FrameKeeper(session, this, ring, with, pictures, clock);
  }

  /** Applies a session's own settings to pictures that an earlier process left. */
  public void restore(SessionId session, KeepSettings own) {
    FrameRing ring = rings.get(session);
    if (ring != null) {
      ring.keep(own.seconds());
    }
  }

  /** The kept pictures of a session, oldest first. */
  public List<KeptFrame> all(SessionId session) {
    FrameRing ring = rings.get(session);
    return ring == null ? List.of() : ring.all();
  }

  /**
   * Adds a picture from a bundle; to be called with the oldest picture first.
   *
   * @throws IOException when it cannot be written
   */
  public void adopt(SessionId session, KeptFrame frame, byte[] jpeg) throws IOException {
    FrameRing ring = rings.computeIfAbsent(session, id -> new FrameRing(path(id), usual.seconds()));
    ring.adopt(frame, jpeg);
    long over = bytes() - quota;
    if (over > 0) {
      int _ = free(over);
    }
  }

  /** Bytes of all kept pictures. */
  public long bytes() {
    return rings.values().stream().mapToLong(FrameRing::bytes).sum();
  }

  /** Number of pictures kept now. */
  public long frames() {
    return rings.values().stream().mapToLong(ring -> ring.extent().frames()).sum();
  }

  /** Number of pictures kept since the start. */
  public long kept() {
    return kept.sum();
  }

  /** Number of pictures deleted since the start because of their age or the quota. */
  public long evicted() {
    return evicted.sum();
  }

  /** Number of pictures skipped because the machine or its disk was too slow, or the disk full. */
  public long skipped() {
    return skipped.sum();
  }

  /** Deletes the kept pictures of a session. */
  public synchronized void delete(SessionId session) {
    FrameRing ring = rings.remove(session);
    if (ring != null) {
      ring.clear();
    }
  }

  /**
   * Deletes the pictures of unknown sessions, and of disconnected ones whose newest picture is too
   * old.
   *
   * @param sessions all sessions
   * @param lasting sessions whose pictures are kept whatever their age
   * @return number of sessions whose pictures were deleted
   */
  public synchronized int sweep(Set<SessionId> sessions, Set<SessionId> lasting) {
    int deleted = 0;
    Instant now = clock.now();
    for (Map.Entry<SessionId, FrameRing> each : rings.entrySet()) {
      FrameRing ring = each.getValue();
      boolean over =
          !live.contains(each.getKey())
              && !lasting.contains(each.getKey())
              && ring.extent()
                  .newest()
                  .filter(newest -> newest.at().plusSeconds(ring.seconds()).isBefore(now))
                  .isPresent();
      if (over || !(live.contains(each.getKey()) || sessions.contains(each.getKey()))) {
        delete(each.getKey());
        deleted++;
      }
    }
    return deleted;
  }

  /** Deletes the oldest pictures of all sessions until this many bytes are freed. */
  public int free(long wanted) {
    int deleted = 0;
    long left = wanted;
    Optional<FrameRing> oldest = withOldest();
    while (left > 0 && oldest.isPresent()) {
      left -= oldest.get().oldest().map(KeptFrame::bytes).orElse(0);
      deleted += oldest.get().evict() ? 1 : 0;
      oldest = withOldest();
    }
    evicted.add(deleted);
    return deleted;
  }

  /** Records that a session's video has disconnected. */
  synchronized void ended(SessionId session) {
    live.remove(session);
  }

  void skipped(long pictures) {
    skipped.add(pictures);
  }

  EncodedPicture encoding(Supplier<EncodedPicture> work) throws InterruptedException {
    encoders.acquire();
    try {
      return work.get();
    } finally {
      encoders.release();
    }
  }

  void add(FrameRing ring, EncodedPicture picture, Instant at) {
    if (space.isFull()) {
      skipped.increment();
      return;
    }
    try {
      evicted.add(ring.add(picture, at));
      kept.increment();
    } catch (IOException e) {
      skipped.increment();
      LOG.debug("failed to store a picture: {}", e.toString());
    }
    long over = bytes() - quota;
    if (over > 0) {
      int _ = free(over);
    }
  }

  private Optional<FrameRing> withOldest() {
    return rings.values().stream()
        .filter(ring -> ring.oldest().isPresent())
        .min(Comparator.comparing(ring -> ring.oldest().map(KeptFrame::at).orElse(Instant.MAX)));
  }

  private Path path(SessionId session) {
    return folder.resolve(session.toString());
  }
}
