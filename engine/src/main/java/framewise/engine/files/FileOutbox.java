package framewise.engine.files;

import framewise.engine.store.OwnerOnlyFiles;
import framewise.time.WallClock;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pending uploads and deletions of an object store, in a folder, so that neither an outage nor the
 * end of the process loses them. One thread processes them: deletions first, then uploads, oldest
 * first. Safe for any number of threads.
 */
final class FileOutbox implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(15);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);
  private static final String PARTIAL_SUFFIX = ".part";
  private static final Logger LOG = LoggerFactory.getLogger(FileOutbox.class);

  /** Receives whether the store could be reached. */
  interface Listener {
    void reached();

    void failed(ObjectStoreException why);
  }

  private final ObjectStore objects;
  private final Listener listener;
  private final Path files;
  private final Path deletions;
  private final WallClock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AtomicLong waiting = new AtomicLong();
  private final Thread worker;

  /** Guarded by the lock, like what follows. */
  private boolean work = true;

  private boolean closed;

  /**
   * @param folder created when missing; entries of a previous process are processed
   */
  FileOutbox(ObjectStore objects, Path folder, Listener listener, WallClock clock)
      throws IOException {
    this.objects = objects;
    this.listener = listener;
    this.files = folder.resolve("files");
    this.deletions = folder.resolve("deletions");
    this.clock = clock;
    OwnerOnlyFiles.makeFolder(folder);
    OwnerOnlyFiles.makeFolder(files);
    OwnerOnlyFiles.makeFolder(deletions);
    deleteEmptyFolders(files);
    for (Path file : all(files)) {
      if (isHalf(file)) {
        Files.deleteIfExists(file);
      } else {
        waiting.incrementAndGet();
      }
    }
    this.worker = Thread.ofVirtual().name("file-outbox").start(this::run);
  }

  /** Queues a file. Once this returns, it survives the end of the process. */
  void put(String key, byte[] content) throws IOException {
    Path target = made(key);
    Path half = target.resolveSibling("." + target.getFileName() + PARTIAL_SUFFIX);
    try {
      OwnerOnlyFiles.makeFile(half);
      Files.write(half, content);
      Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(half);
    }
    added();
  }

  /**
   * Like {@link #put(String, byte[])}, with a file.
   *
   * @param file moved
   */
  void put(String key, Path file) throws IOException {
    Files.move(file, made(key), StandardCopyOption.ATOMIC_MOVE);
    added();
  }

  /** A file that isn't in the store yet. */
  Optional<Path> find(String key) {
    return Optional.of(files.resolve(key)).filter(Files::isRegularFile);
  }

  /** All files below a prefix that aren't in the store yet. */
  List<FileEntry> list(String prefix) throws IOException {
    List<FileEntry> found = new ArrayList<>();
    for (Path file : all(files)) {
      String key = key(file);
      if (key.startsWith(prefix) && !isHalf(file)) {
        entry(key, file).ifPresent(found::add);
      }
    }
    return found;
  }

  /** Size and time of a file. */
  static Optional<FileEntry> entry(String key, Path file) throws IOException {
    try {
      return Optional.of(
          new FileEntry(key, Files.size(file), Files.getLastModifiedTime(file).toInstant()));
    } catch (NoSuchFileException sentMeanwhile) {
      return Optional.empty();
    }
  }

  /** Removes a file from the queue, if it isn't in the store yet. */
  void takeBack(String key) throws IOException {
    if (Files.deleteIfExists(files.resolve(key))) {
      waiting.decrementAndGet();
    }
  }

  /**
   * Deletes an object later.
   *
   * @param key or a prefix, which ends with a slash
   */
  void delete(String key) throws IOException {
    if (key.endsWith("/")) {
      for (FileEntry file : list(key)) {
        takeBack(file.key());
      }
    } else {
      takeBack(key);
    }
    try {
      OwnerOnlyFiles.createFile(deletion(key));
    } catch (FileAlreadyExistsException waits) {
      // Queued already.
    }
    wake();
  }

  /** Cancels the deletion of an object that is stored again. */
  void keep(String key) throws IOException {
    Files.deleteIfExists(deletion(key));
  }

  /** Number of files that aren't in the store yet. */
  long waiting() {
    return waiting.get();
  }

  /** Stops after at most three seconds; the next start processes the rest. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      if (!worker.join(STOP_TIMEOUT)) {
        worker.interrupt();
        boolean _ = worker.join(STOP_TIMEOUT);
      }
    } catch (InterruptedException e) {
      worker.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void added() {
    waiting.incrementAndGet();
    wake();
  }

  private void wake() {
    lock.lock();
    try {
      work = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    Duration pause = Duration.ZERO;
    try {
      while (await(pause)) {
        try {
          if (carryOut()) {
            listener.reached();
          }
          pause = Duration.ZERO;
        } catch (IOException | RuntimeException e) {
          if (e instanceof ObjectStoreException why) {
            listener.failed(why);
          }
          Duration next = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
          pause = next.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : next;
          LOG.debug(
              "{} files are waiting; trying again in {} s: {}",
              waiting,
              pause.toSeconds(),
              e.toString());
          again();
        }
      }
    } catch (InterruptedException end) {
      LOG.debug("{} files are waiting for the next start", waiting);
    }
  }

  /** Waits for work and for the end of the pause; false once closed. */
  private boolean await(Duration pause) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var until = clock.deadline(pause);
      while (!closed && (!work || !until.hasPassed())) {
        if (work) {
          long left = changed.awaitNanos(until.left().toNanos());
          LOG.trace("{} ns left", left);
        } else {
          changed.await();
        }
      }
      // At the end, one more attempt unless the last one failed.
      boolean more = work && (!closed || pause.isZero());
      work = false;
      return more;
    } finally {
      lock.unlock();
    }
  }

  private void again() {
    lock.lock();
    try {
      work = true;
    } finally {
      lock.unlock();
    }
  }

  /** Processes pending entries; false when there were none. */
  private boolean carryOut() throws IOException {
    List<Path> markers = all(deletions);
    for (Path marker : markers) {
      String key = URLDecoder.decode(String.valueOf(marker.getFileName()), StandardCharsets.UTF_8);
      if (key.endsWith("/")) {
        for (FileEntry object : objects.list(key)) {
          objects.delete(object.key());
        }
      } else {
        objects.delete(key);
      }
      Files.deleteIfExists(marker);
    }
    List<FileEntry> oldestFirst =
        list("").stream().sorted(Comparator.comparing(FileEntry::modified)).toList();
    for (FileEntry file : oldestFirst) {
      send(file.key());
    }
    return !markers.isEmpty() || !oldestFirst.isEmpty();
  }

  private void send(String key) throws IOException {
    Path file = files.resolve(key);
    if (!Files.exists(file)) {
      return; // removed from the queue
    }
    try {
      objects.put(key, file);
    } catch (NoSuchFileException takenBack) {
      return;
    }
    if (Files.deleteIfExists(file)) {
      waiting.decrementAndGet();
    } else {
      objects.delete(key); // deleted while it was sent
    }
  }

  private Path made(String key) throws IOException {
    Path target = files.resolve(key);
    OwnerOnlyFiles.makeFolder(target.resolveSibling(""));
    return target;
  }

  private Path deletion(String key) {
    return deletions.resolve(URLEncoder.encode(key, StandardCharsets.UTF_8));
  }

  private String key(Path file) {
    return files.relativize(file).toString().replace('\\', '/');
  }

  private static List<Path> all(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(Files::isRegularFile).toList();
    }
  }

  /**
   * Deletes empty folders of sessions whose files were uploaded. Only at the start: later, a new
   * file may need its folder.
   */
  private static void deleteEmptyFolders(Path root) throws IOException {
    try (Stream<Path> found = Files.walk(root)) {
      for (Path folder :
          found.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList()) {
        try (Stream<Path> inside = Files.list(folder)) {
          if (!folder.equals(root) && inside.findAny().isEmpty()) {
            Files.delete(folder);
          }
        }
      }
    }
  }

  private static boolean isHalf(Path file) {
    return String.valueOf(file.getFileName()).endsWith(PARTIAL_SUFFIX);
  }
}
