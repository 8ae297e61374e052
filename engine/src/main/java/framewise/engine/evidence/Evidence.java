package framewise.engine.evidence;

import framewise.engine.SessionId;
import framewise.time.Deadline;
import framewise.time.WallClock;
import framewise.vision.SentRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Store of what was sent to services: one file for each result, in a folder for each session. When
 * all files exceed the quota, the oldest are deleted first. A thread of its own writes, so that a
 * slow disk never delays answers; what its queue can't hold is dropped and counted. Safe for any
 * number of threads.
 */
public final class Evidence implements AutoCloseable {
  private static final int WAITING = 32;
  private static final String ENDING = ".zip";
  private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);

  private record Sent(SessionId session, long seq, SentRequest request) {}

  private record Kept(String session, Path file, long bytes, long modified) {
    static Kept of(String session, Path file) {
      return new Kept(session, file, file.toFile().length(), file.toFile().lastModified());
    }
  }

  private final Path folder;
  private final long quota;
  private final BlockingQueue<Sent> waiting = new ArrayBlockingQueue<>(WAITING);
  private final LongAdder leftOut = new LongAdder();
  private final Thread writer;

  /** Length of the write queue. */
  private static final class LastDeleted extends LinkedHashSet<SessionId> {
    private static final long serialVersionUID = 1;
    private static final int MOST = 1_000;

    @Override
    public boolean add(SessionId session) {
      if (size() >= MOST) {
        removeFirst();
      }
      return super.add(session);
    }
  }

  /** All files, the oldest first. Guarded by this, like the sum of their bytes. */
  private final Deque<Kept> kept;

  private long bytes;

  /** Sessions that were deleted while this is open: their queued writes are dropped. */
  private final Set<SessionId> deleted = Collections.synchronizedSet(new LastDeleted());

  /**
   * @param folder created when missing
   * @param quota bytes; 0 disables the store
   */
  public Evidence(Path folder, long quota) {
    this.folder = folder;
    this.quota = quota;
    this.kept = found(folder);
    this.bytes = kept.stream().mapToLong(Kept::bytes).sum();
    this.writer = Thread.ofPlatform().daemon().name("evidence").start(this::write);
  }

  /** Queues what was sent for the result with this number. Never waits. */
  public void keep(SessionId session, long seq, SentRequest request) {
    if (quota > 0
        && !deleted.contains(session)
        && !waiting.offer(new Sent(session, seq, request))) {
      leftOut.increment();
    }
  }

  /**
   * Stores what was sent for a result before this returns.
   *
   * @throws IOException when it cannot be written
   */
  public void keepNow(SessionId session, long seq, SentRequest request) throws IOException {
    if (quota > 0) {
      deleted.remove(session); // a bundle of it was opened again
      write(new Sent(session, seq, request));
    }
  }

  /** Numbers of a session's results with evidence, ascending. */
  public synchronized List<Long> of(SessionId session) {
    return kept.stream()
        .filter(one -> one.session().equals(session.toString()))
        .map(one -> String.valueOf(one.file().getFileName()).replace(ENDING, ""))
        .filter(name -> name.matches("\\d{1,18}"))
        .map(Long::parseLong)
        .sorted()
        .toList();
  }

  /** How many were dropped because the disk was too slow or failed. */
  public long leftOut() {
    return leftOut.sum();
  }

  /** Total size in bytes. */
  public synchronized long bytes() {
    return bytes;
  }

  /** Reads what was sent for a result; empty where nothing was sent, or the file is deleted. */
  public Optional<EvidenceFile> find(SessionId session, long seq) {
    try {
      return Optional.of(EvidenceFile.read(file(session, seq)));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a session's files, and drops those still queued. */
  public synchronized void delete(SessionId session) {
    deleted.add(session);
    waiting.removeIf(sent -> sent.session().equals(session));
    drop(one -> one.session().equals(session.toString()));
    deleteFolder(folder.resolve(session.toString()));
  }

  /**
   * Deletes files older than a moment.
   *
   * @return how many files
   */
  public synchronized int deleteBefore(Instant moment) {
    return drop(one -> one.modified() < moment.toEpochMilli());
  }

  /**
   * Deletes the oldest files of each session that exceeds a size.
   *
   * @param most bytes for each session
   * @return how many files
   */
  public synchronized int limitEach(long most) {
    Map<String, Long> used = new HashMap<>();
    kept.forEach(one -> used.merge(one.session(), one.bytes(), Long::sum));
    return drop(
        one -> {
          boolean over = used.getOrDefault(one.session(), 0L) > most;
          if (over) {
            used.merge(one.session(), -one.bytes(), Long::sum);
          }
          return over;
        });
  }

  /**
   * Deletes the oldest files.
   *
   * @param bytes to free
   * @return how many files
   */
  public synchronized int free(long bytes) {
    var left = new AtomicLong(bytes);
    return drop(one -> left.get() > 0 && left.addAndGet(-one.bytes()) > Long.MIN_VALUE);
  }

  /**
   * Deletes files of sessions that don't exist.
   *
   * @param sessions all existing sessions
   * @return how many files
   */
  public synchronized int retain(Set<SessionId> sessions) {
    int dropped =
        drop(
            one -> SessionId.parse(one.session()).filter(id -> !sessions.contains(id)).isPresent());
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder)) {
        for (Path each : folders) {
          Optional<SessionId> id = SessionId.parse(String.valueOf(each.getFileName()));
          if (id.isPresent() && !sessions.contains(id.get())) {
            deleteFolder(each);
          }
        }
      } catch (IOException e) {
        LOG.warn("{} can't be swept: {}", folder, e.toString());
      }
    }
    return dropped;
  }

  private int drop(Predicate<Kept> which) {
    int before = kept.size();
    kept.removeIf(
        one -> {
          boolean gone = which.test(one);
          if (gone) {
            bytes -= one.bytes();
            delete(one.file());
          }
          return gone;
        });
    return before - kept.size();
  }

  /** Writes the queue, for at most two seconds. */
  @Override
  public void close() {
    Deadline deadline = Deadline.after(Duration.ofSeconds(2));
    try {
      while (!waiting.isEmpty() && !deadline.hasPassed()) {
        WallClock.system().sleep(Duration.ofMillis(10));
      }
      writer.interrupt();
      writer.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    while (true) {
      try {
        Sent sent = waiting.take();
        write(sent);
      } catch (InterruptedException closed) {
        return;
      } catch (IOException e) {
        leftOut.increment();
        LOG.warn("evidence can't be kept: {}", e.toString());
      }
    }
  }

  private void write(Sent sent) throws IOException {
    if (deleted.contains(sent.session())) {
      return;
    }
    Path file = file(sent.session(), sent.seq());
    Files.createDirectories(file.getParent());
    Path half = file.resolveSibling(file.getFileName() + ".part");
    try {
      EvidenceFile.write(half, sent.request());
    } catch (IOException e) {
      delete(half);
      throw e;
    }
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    synchronized (this) {
      if (deleted.contains(sent.session())) {
        deleteFolder(folder.resolve(sent.session().toString()));
        return;
      }
      long size = Files.size(file);
      kept.addLast(Kept.of(sent.session().toString(), file));
      bytes += size;
      while (bytes > quota && !kept.isEmpty()) {
        Kept oldest = kept.removeFirst();
        bytes -= oldest.bytes();
        delete(oldest.file());
      }
    }
  }

  private Path file(SessionId session, long seq) {
    return folder.resolve(session.toString()).resolve(seq + ENDING);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted: {}", file, e.toString());
    }
  }

  /** Deletes a folder with its files, also those written meanwhile. */
  private static void deleteFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      files.forEach(Evidence::delete);
    } catch (IOException e) {
      LOG.warn("{} can't be emptied: {}", folder, e.toString());
    }
    delete(folder);
  }

  /** Lists files that an earlier process left, the oldest first; deletes half-written ones. */
  private static Deque<Kept> found(Path folder) {
    if (!Files.isDirectory(folder)) {
      return new ArrayDeque<>();
    }
    try (Stream<Path> files = Files.walk(folder, 2)) {
      List<Path> regular = files.filter(Files::isRegularFile).toList();
      regular.stream().filter(file -> !file.toString().endsWith(ENDING)).forEach(Evidence::delete);
      return new ArrayDeque<>(
          regular.stream()
              .filter(file -> file.toString().endsWith(ENDING))
              .sorted(Comparator.comparingLong(file -> file.toFile().lastModified()))
              .map(file -> Kept.of(folder.relativize(file).getName(0).toString(), file))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
