package framewise.engine.files;

import framewise.engine.store.DiskSpace;
import framewise.engine.store.OwnerOnlyFiles;
import framewise.time.WallClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Local copies of objects, for code that needs a seekable file, such as FFmpeg. The least recently
 * used copies are deleted when their total size exceeds the limit, or the disk has no space for
 * another. Safe for any number of threads.
 */
final class CopyCache {
  /** Reads an object. */
  interface Reader {
    InputStream read() throws IOException;
  }

  private static final String PARTIAL_SUFFIX = ".part";
  private static final int BUFFER = 256 << 10;
  private static final Logger LOG = LoggerFactory.getLogger(CopyCache.class);

  private record Copy(Path file, long bytes, FileTime used) {}

  private final Path folder;
  private final long most;
  private final DiskSpace space;
  private final WallClock clock;
  private final Map<String, ReentrantLock> fetching = new ConcurrentHashMap<>();

  /**
   * @param folder created when missing; partial copies of a previous process are deleted
   * @param most maximum total size of all copies, in bytes; a single larger copy is kept while it
   *     is the newest
   */
  CopyCache(Path folder, long most, DiskSpace space, WallClock clock) throws IOException {
    this.folder = folder;
    this.most = most;
    this.space = space;
    this.clock = clock;
    OwnerOnlyFiles.makeFolder(folder);
    for (Path file : files()) {
      if (isHalf(file)) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** The copy of an object, if there is one. Marks it as recently used. */
  Optional<Path> find(String key) {
    Path copy = folder.resolve(key);
    if (!Files.isRegularFile(copy)) {
      return Optional.empty();
    }
    touch(copy);
    return Optional.of(copy);
  }

  /**
   * The copy of an object, downloaded when it is missing. Concurrent callers for the same object
   * share one download.
   *
   * @throws framewise.engine.RefusedException when the disk has no space for it
   */
  Path fetch(FileEntry object, Reader reader, FileStore.CopyProgress progress) throws IOException {
    ReentrantLock lock = fetching.computeIfAbsent(object.key(), key -> new ReentrantLock());
    lock.lock();
    try {
      Optional<Path> there = find(object.key());
      if (there.isPresent()) {
        return there.get();
      }
      makeRoom(object.bytes());
      Path copy = folder.resolve(object.key());
      progress.copied(0, object.bytes());
      copy(object, reader, copy, progress);
      return copy;
    } finally {
      lock.unlock();
      fetching.remove(object.key(), lock);
    }
  }

  /**
   * Adds a local file, whose content is stored as an object, as its copy.
   *
   * @param file moved
   */
  void adopt(String key, Path file) throws IOException {
    Path copy = folder.resolve(key);
    OwnerOnlyFiles.makeFolder(copy.resolveSibling(""));
    Files.move(file, copy, StandardCopyOption.REPLACE_EXISTING);
    touch(copy);
    makeRoom(0);
  }

  void delete(String key) throws IOException {
    Files.deleteIfExists(folder.resolve(key));
  }

  /** Deletes copies below a prefix whose object no longer exists. */
  void retain(String prefix, Set<String> keys) throws IOException {
    for (Path file : files()) {
      String key = folder.relativize(file).toString().replace('\\', '/');
      if (key.startsWith(prefix) && !isHalf(file) && !keys.contains(key)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private void copy(FileEntry object, Reader reader, Path copy, FileStore.CopyProgress progress)
      throws IOException {
    OwnerOnlyFiles.makeFolder(copy.resolveSibling(""));
    // A unique name: after a failed copy, two threads may download the same object.
    Path half =
        Files.createTempFile(
            copy.resolveSibling(""), "." + copy.getFileName() + ".", PARTIAL_SUFFIX);
    try (InputStream in = reader.read();
        FileChannel out = FileChannel.open(half, StandardOpenOption.WRITE)) {
      byte[] buffer = new byte[BUFFER];
      long bytes = 0;
      var to = Channels.newOutputStream(out);
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes += read;
        if (bytes > object.bytes()) {
          throw new IOException(
              "%s has %d bytes, but more arrived".formatted(object.key(), object.bytes()));
        }
        to.write(buffer, 0, read);
        progress.copied(bytes, object.bytes());
      }
      if (bytes != object.bytes()) {
        throw new IOException(
            "%s has %d bytes, but %d arrived".formatted(object.key(), object.bytes(), bytes));
      }
      Files.move(half, copy, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(half);
    }
    LOG.debug("copied {}, {} bytes", object.key(), object.bytes());
  }

  /** Deletes least recently used copies to make room for a new one. */
  private synchronized void makeRoom(long bytes) throws IOException {
    List<Copy> copies = new ArrayList<>();
    for (Path file : files()) {
      if (!isHalf(file)) {
        copy(file).ifPresent(copies::add);
      }
    }
    copies.sort(Comparator.comparing(Copy::used));
    long all = bytes + copies.stream().mapToLong(Copy::bytes).sum();
    int left = copies.size();
    for (Copy oldest : copies) {
      boolean fits = all <= most && space.freeBytes() > bytes;
      boolean newest = bytes == 0 && left == 1;
      if (fits || newest) {
        break;
      }
      Files.deleteIfExists(oldest.file());
      all -= oldest.bytes();
      left--;
    }
    if (bytes > 0) {
      space.requireRoomFor(bytes);
    }
  }

  private static Optional<Copy> copy(Path file) throws IOException {
    try {
      return Optional.of(new Copy(file, Files.size(file), Files.getLastModifiedTime(file)));
    } catch (NoSuchFileException deletedMeanwhile) {
      return Optional.empty();
    }
  }

  private void touch(Path copy) {
    try {
      Files.setLastModifiedTime(copy, FileTime.from(clock.now()));
    } catch (IOException e) {
      LOG.debug("{} can't be touched: {}", copy, e.toString());
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static boolean isHalf(Path file) {
    return String.valueOf(file.getFileName()).endsWith(PARTIAL_SUFFIX);
  }
}
