package framewise.engine.evidence;

import framewise.engine.SessionId;
import framewise.vision.SentRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what services were sent: one file for each result, in a folder for each session, the oldest
 * deleted first once all of them are larger than the quota. A thread of its own writes, so that a
 * slow disk never makes answers older: what it cannot take in is left out and counted. Safe for any
 * number of threads.
 */
public final class Evidence implements AutoCloseable {
  private static final int WAITING = 32;
  private static final String ENDING = ".zip";
  private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);

  private record Sent(SessionId session, long seq, SentRequest request) {}

  private record Kept(Path file, long bytes) {}

  private final Path folder;
  private final long quota;
  private final BlockingQueue<Sent> waiting = new ArrayBlockingQueue<>(WAITING);
  private final LongAdder leftOut = new LongAdder();
  private final Thread writer;

  /** The oldest first. Guarded by this, like the sum of their bytes. */
  private final Deque<Kept> kept;

  private long bytes;

  /**
   * @param folder made when missing
   * @param quota bytes; 0 keeps nothing
   */
  public Evidence(Path folder, long quota) {
    this.folder = folder;
    this.quota = quota;
    this.kept = found(folder);
    this.bytes = kept.stream().mapToLong(Kept::bytes).sum();
    this.writer = Thread.ofPlatform().daemon().name("evidence").start(this::write);
  }

  /** What was sent for the result with this number. Never waits. */
  public void keep(SessionId session, long seq, SentRequest request) {
    if (quota > 0 && !waiting.offer(new Sent(session, seq, request))) {
      leftOut.increment();
    }
  }

  /** How many were not kept, because the disk was too slow or failed. */
  public long leftOut() {
    return leftOut.sum();
  }

  /** How large all of them are. */
  public synchronized long bytes() {
    return bytes;
  }

  /** What was sent for a result; empty where nothing was, or it is kept no more. */
  public Optional<Exhibit> find(SessionId session, long seq) {
    try {
      return Optional.of(Exhibit.read(file(session, seq)));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Forgets a session. */
  public synchronized void delete(SessionId session) {
    waiting.removeIf(sent -> sent.session().equals(session));
    Path gone = folder.resolve(session.toString());
    kept.removeIf(
        one -> {
          boolean ours = one.file().startsWith(gone);
          if (ours) {
            bytes -= one.bytes();
            delete(one.file());
          }
          return ours;
        });
    delete(gone);
  }

  /** Writes what waits, for no longer than two seconds. */
  @Override
  public void close() {
    long deadline = System.nanoTime() + 2_000_000_000L;
    try {
      while (!waiting.isEmpty() && System.nanoTime() < deadline) {
        Thread.sleep(10);
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
        LOG.warn("What was sent to a service cannot be kept: {}", e.toString());
      }
    }
  }

  private void write(Sent sent) throws IOException {
    Path file = file(sent.session(), sent.seq());
    Files.createDirectories(file.getParent());
    Path half = file.resolveSibling(file.getFileName() + ".part");
    Exhibit.write(half, sent.request());
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    synchronized (this) {
      long size = Files.size(file);
      kept.addLast(new Kept(file, size));
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

  /** What an earlier process left, the oldest first; half-written files are deleted. */
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
              .map(file -> new Kept(file, file.toFile().length()))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
