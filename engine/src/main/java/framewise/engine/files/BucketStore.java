package framewise.engine.files;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.store.DiskSpace;
import framewise.time.Stopwatch;
import framewise.time.WallClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files in an object store, with a local cache of videos and a local outbox for files that may be
 * uploaded later. Safe for any number of threads.
 */
public final class BucketStore implements FileStore {
  private static final String VIDEOS = "videos/";

  /** Thumbnails, stored so that listing sessions downloads no videos; deleted with their video. */
  private static final String THUMBNAILS = "thumbnails/";

  /** How long a lookup of an object stays valid: players request one range after another. */
  private static final Duration LOOKUP_VALIDITY = Duration.ofSeconds(10);

  private static final int MAX_LOOKUPS = 1_000;

  /** Age from which an unfinished upload counts as abandoned, whichever node began it. */
  private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

  private static final Logger LOG = LoggerFactory.getLogger(BucketStore.class);

  private interface Call<T> {
    T make() throws IOException;
  }

  private record CachedEntry(FileEntry entry, Stopwatch since) {}

  private final ObjectStore objects;
  private final CopyCache copies;
  private final FileOutbox outbox;
  private final WallClock clock;

  /** Recent lookups of existing objects. Guarded by itself. */
  private final Map<String, CachedEntry> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CachedEntry> eldest) {
          return size() > MAX_LOOKUPS;
        }
      };

  private final Access access;

  /**
   * @param objects closed with this
   * @param folder local folder for copies and the outbox; created when missing
   * @param most maximum total size of the copies, in bytes
   */
  public BucketStore(ObjectStore objects, Path folder, long most, DiskSpace space, WallClock clock)
      throws IOException {
    this.objects = objects;
    this.clock = clock;
    this.access = new Access(objects.shown());
    this.copies = new CopyCache(folder.resolve("copies"), most, space, clock);
    this.outbox = new FileOutbox(objects, folder.resolve("outbox"), access, clock);
  }

  /** Whether the last call reached the store. */
  public boolean isReachable() {
    return access.reachable.get();
  }

  /** Number of files that are still waiting in the outbox for their upload. */
  public long waiting() {
    return outbox.waiting();
  }

  /**
   * Key of a video's thumbnail.
   *
   * @param video key of the video
   * @param width in pixels
   */
  public static String thumbnail(String video, int width) {
    return THUMBNAILS + video.substring(VIDEOS.length()) + "/" + width + ".jpg";
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public void put(String key, Path file) throws IOException {
    outbox.keep(key);
    call(
        () -> {
          objects.put(key, file);
          return key;
        });
    copies.adopt(key, file);
  }

  @Override
  public void putSoon(String key, byte[] content) throws IOException {
    outbox.put(key, content);
  }

  @Override
  public void putSoon(String key, Path file) throws IOException {
    outbox.put(key, file);
  }

  @Override
  public Optional<FileEntry> find(String key) throws IOException {
    Optional<Path> here = here(key);
    if (here.isPresent()) {
      Optional<FileEntry> entry = FileOutbox.entry(key, here.get());
      if (entry.isPresent()) {
        return entry;
      }
    }
    synchronized (known) {
      CachedEntry before = known.get(key);
      if (before != null && !before.since().exceeds(LOOKUP_VALIDITY)) {
        return Optional.of(before.entry());
      }
    }
    Optional<FileEntry> found = call(() -> objects.find(key));
    synchronized (known) {
      known.remove(key);
      found.ifPresent(entry -> known.put(key, new CachedEntry(entry, Stopwatch.start())));
    }
    return found;
  }

  @Override
  public InputStream read(String key, long first, long length) throws IOException {
    Optional<Path> here = here(key);
    if (here.isPresent()) {
      try {
        return FolderStore.part(here.get(), first, length);
      } catch (NoSuchFileException goneMeanwhile) {
        LOG.debug("reading {} from the store", key);
      }
    }
    if (length == 0) {
      return InputStream.nullInputStream();
    }
    return call(() -> objects.read(key, first, length));
  }

  @Override
  public Path local(String key, CopyProgress progress) throws IOException {
    Optional<Path> here = here(key);
    if (here.isPresent()) {
      return here.get();
    }
    FileEntry object = find(key).orElseThrow(() -> new NoSuchFileException(key));
    return call(() -> copies.fetch(object, () -> objects.read(key, 0, object.bytes()), progress));
  }

  @Override
  public List<FileEntry> list(String prefix) throws IOException {
    Map<String, FileEntry> found = new HashMap<>();
    // The outbox first: a file uploaded in between is then found in the store.
    outbox.list(prefix).forEach(file -> found.put(file.key(), file));
    List<FileEntry> stored = call(() -> objects.list(prefix));
    stored.forEach(file -> found.put(file.key(), file));
    if (prefix.equals(VIDEOS)) {
      // Other nodes delete objects too.
      copies.retain(
          prefix, stored.stream().map(FileEntry::key).collect(Collectors.toUnmodifiableSet()));
    }
    return new ArrayList<>(found.values());
  }

  @Override
  public void delete(String key) throws IOException {
    forget(key);
    if (!key.startsWith(VIDEOS)) {
      outbox.delete(key); // a sweep deletes thousands, so it must not wait for the store
      return;
    }
    copies.delete(key);
    deleteAll(THUMBNAILS + key.substring(VIDEOS.length()) + "/");
    try {
      objects.delete(key);
    } catch (ObjectStoreException later) {
      LOG.info("{} will be deleted later: {}", key, later.getMessage());
      outbox.delete(key);
    }
  }

  @Override
  public void deleteAll(String prefix) throws IOException {
    outbox.delete(prefix);
  }

  @Override
  public void tidy() throws IOException {
    int unfinished = call(() -> objects.deleteUnfinished(clock.now().minus(ABANDONED_AFTER)));
    if (unfinished > 0) {
      LOG.info("deleted the parts of {} unfinished uploads", unfinished);
    }
  }

  @Override
  public void close() {
    outbox.close();
    objects.close();
  }

  private Optional<Path> here(String key) {
    return outbox.find(key).or(() -> copies.find(key));
  }

  private void forget(String key) {
    synchronized (known) {
      known.remove(key);
    }
  }

  private <T> T call(Call<T> call) throws IOException {
    try {
      T result = call.make();
      access.reached();
      return result;
    } catch (ObjectStoreException e) {
      access.failed(e);
      Code code =
          e.kind() == ObjectStoreException.Kind.FULL ? Code.DISK_FULL : Code.FILES_UNAVAILABLE;
      throw Refusal.of(code, String.valueOf(e.getMessage())).asException();
    }
  }

  /** Remembers whether the last call reached the store, and logs when that changes. */
  private static final class Access implements FileOutbox.Listener {
    private final String store;
    private final AtomicBoolean reachable = new AtomicBoolean(true);

    Access(String store) {
      this.store = store;
    }

    @Override
    public void reached() {
      if (!reachable.getAndSet(true)) {
        LOG.info("{} is reachable again", store);
      }
    }

    @Override
    public void failed(ObjectStoreException why) {
      if (reachable.getAndSet(false)) {
        LOG.warn("{}", why.getMessage());
      }
    }
  }
}
