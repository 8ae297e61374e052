package framewise.engine.evidence;

import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.files.FileEntry;
import framewise.engine.files.FileStore;
import framewise.time.Deadline;
import framewise.time.WallClock;
import framewise.vision.SentRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Store of what was sent to services: one file for each result, under {@code evidence/} and the
 * session's id. When all files exceed the quota, the oldest are deleted first. A thread of its own
 * writes, so that a slow disk never delays answers; what its queue can't hold is dropped and
 * counted. Safe for any number of threads.
 */
public final class Evidence implements AutoCloseable {
  private static final int WAITING = 32;
  private static final String ENDING = ".zip";
  private static final String PLACE = "evidence/";

  /** Age from which a file's session must be in the database, whichever node wrote it. */
  private static final Duration ORPHAN_AGE = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);

  private record EvidenceRequest(SessionId session, long seq, SentRequest request) {}

  private record EvidenceItem(String session, String key, long bytes, Instant modified) {
    static EvidenceItem of(FileEntry file) {
      String session = file.key().substring(PLACE.length(), file.key().lastIndexOf('/'));
      return new EvidenceItem(session, file.key(), file.bytes(), file.modified());
    }
  }

  private final FileStore files;
  private final long quota;
  private final BlockingQueue<EvidenceRequest> waiting = new ArrayBlockingQueue<>(WAITING);
  private final LongAdder leftOut = new LongAdder();
  private final Thread writer;

  /** The sessions deleted last; a limited number. */
  private static final class LastDeleted extends LinkedHashSet<SessionId> {
    private static final long serialVersionUID = 1;
    private static final int MAX_COUNT = 1_000;

    @Override
    public boolean add(SessionId session) {
      if (size() >= MAX_COUNT) {
        removeFirst();
      }
      return super.add(session);
    }
  }

  /** All files, the oldest first. Guarded by this, like the sum of their bytes. */
  private final Deque<EvidenceItem> kept;

  private long bytes;

  /** Recently deleted sessions, whose queued writes are dropped. */
  private final Set<SessionId> deleted = Collections.synchronizedSet(new LastDeleted());

  /**
   * Opens the store and lists the existing files.
   *
   * @param quota bytes; 0 disables the store
   */
  public Evidence(FileStore files, long quota) {
    this.files = files;
    this.quota = quota;
    this.kept = found(files);
    this.bytes = kept.stream().mapToLong(EvidenceItem::bytes).sum();
    this.writer = Thread.ofPlatform().daemon().name("evidence").start(this::write);
  }

  /** Queues what was sent for the result with this number. Never waits. */
  public void keep(SessionId session, long seq, SentRequest request) {
    if (quota > 0
        && !deleted.contains(session)
        && !waiting.offer(new EvidenceRequest(session, seq, request))) {
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
      deleted.remove(session); // the session was created again from a bundle
      write(new EvidenceRequest(session, seq, request));
    }
  }

  /** Numbers of a session's results with evidence, ascending, whichever node wrote them. */
  public List<Long> of(SessionId session) {
    String place = place(session);
    try {
      return files.list(place).stream()
          .map(file -> file.key().substring(place.length()))
          .filter(name -> name.matches("\\d{1,18}\\.zip"))
          .map(name -> Long.parseLong(name.replace(ENDING, "")))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Number of results whose evidence was dropped, because the disk was too slow or failed. */
  public long dropped() {
    return leftOut.sum();
  }

  /** Total size in bytes. */
  public synchronized long bytes() {
    return bytes;
  }

  /** Reads what was sent for a result; empty where nothing was sent, or the file was deleted. */
  public Optional<EvidenceFile> find(SessionId session, long seq) {
    try (InputStream in = files.read(key(session, seq), 0, Long.MAX_VALUE)) {
      return Optional.of(EvidenceFile.read(in));
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
    forget(session);
    deleteAll(session);
  }

  /**
   * Deletes files older than a moment.
   *
   * @return how many files
   */
  public synchronized int deleteBefore(Instant moment) {
    return drop(one -> one.modified().isBefore(moment));
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
    return dropped + dropOfOthers(sessions);
  }

  /** Deletes files of nonexistent sessions that this store neither listed nor wrote. */
  private int dropOfOthers(Set<SessionId> sessions) {
    Instant settled = files.isShared() ? WallClock.system().now().minus(ORPHAN_AGE) : Instant.MAX;
    Set<SessionId> gone = new HashSet<>();
    int dropped = 0;
    try {
      for (FileEntry file : files.list(PLACE)) {
        Optional<SessionId> id = SessionId.parse(EvidenceItem.of(file).session());
        if (id.isPresent() && !sessions.contains(id.get()) && file.modified().isBefore(settled)) {
          gone.add(id.get());
          dropped++;
        }
      }
    } catch (IOException e) {
      LOG.warn("failed to delete old evidence: {}", e.toString());
    }
    gone.forEach(this::deleteAll);
    return dropped;
  }

  private int drop(Predicate<EvidenceItem> which) {
    int before = kept.size();
    kept.removeIf(
        one -> {
          boolean gone = which.test(one);
          if (gone) {
            bytes -= one.bytes();
            delete(one.key());
          }
          return gone;
        });
    return before - kept.size();
  }

  /** Waits at most two seconds for queued writes. */
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
        EvidenceRequest sent = waiting.take();
        write(sent);
      } catch (InterruptedException closed) {
        return;
      } catch (IOException | RefusedException e) {
        leftOut.increment();
        LOG.warn("failed to store evidence: {}", e.toString());
      }
    }
  }

  private void write(EvidenceRequest sent) throws IOException {
    if (deleted.contains(sent.session())) {
      return;
    }
    String key = key(sent.session(), sent.seq());
    byte[] content = EvidenceFile.bytes(sent.request());
    files.putSoon(key, content);
    synchronized (this) {
      if (deleted.contains(sent.session())) {
        deleteAll(sent.session());
        return;
      }
      kept.addLast(
          new EvidenceItem(
              sent.session().toString(), key, content.length, WallClock.system().now()));
      bytes += content.length;
      while (bytes > quota && !kept.isEmpty()) {
        EvidenceItem oldest = kept.removeFirst();
        bytes -= oldest.bytes();
        delete(oldest.key());
      }
    }
  }

  private synchronized void forget(SessionId session) {
    kept.removeIf(
        one -> {
          boolean gone = one.session().equals(session.toString());
          if (gone) {
            bytes -= one.bytes();
          }
          return gone;
        });
  }

  private static String place(SessionId session) {
    return PLACE + session + "/";
  }

  private static String key(SessionId session, long seq) {
    return place(session) + seq + ENDING;
  }

  private void delete(String key) {
    try {
      files.delete(key);
    } catch (IOException e) {
      LOG.warn("{} can't be deleted: {}", key, e.toString());
    }
  }

  private void deleteAll(SessionId session) {
    try {
      files.deleteAll(place(session));
    } catch (IOException e) {
      LOG.warn("evidence of session {} can't be deleted: {}", session, e.toString());
    }
  }

  /** Lists files that an earlier process left, the oldest first. */
  private static Deque<EvidenceItem> found(FileStore files) {
    try {
      return new ArrayDeque<>(
          files.list(PLACE).stream()
              .filter(file -> file.key().endsWith(ENDING))
              .filter(file -> file.key().lastIndexOf('/') > PLACE.length())
              .sorted(Comparator.comparing(FileEntry::modified))
              .map(EvidenceItem::of)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
