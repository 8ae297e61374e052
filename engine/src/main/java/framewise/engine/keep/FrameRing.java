package framewise.engine.keep;

import framewise.media.MediaTime;
import framewise.media.picture.EncodedPicture;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest pictures of one live video, in files; the latest few are also in memory. One thread
 * adds; any number reads and evicts. Times count from the session's first picture by wall-clock
 * time, also across restarts of the process.
 */
final class FrameRing implements Footage {
  /** Number of newest pictures held in memory. */
  private static final int IN_MEMORY = 4;

  /** Number of pictures over which the recent rate is measured. */
  private static final int RECENT = 10;

  private static final MediaTime TICK = new MediaTime(1_000);
  private static final Logger LOG = LoggerFactory.getLogger(FrameRing.class);

  private record InMemory(KeptFrame frame, EncodedPicture picture) {}

  private final Path folder;

  /** Guarded by this, like all fields below. */
  private final NavigableMap<Long, KeptFrame> byIndex = new TreeMap<>();

  private final NavigableMap<MediaTime, KeptFrame> byTime = new TreeMap<>();
  private final Deque<InMemory> newest = new ArrayDeque<>();
  private Optional<Instant> begin = Optional.empty();
  private long next;
  private long bytes;
  private boolean cleared;
  private volatile int seconds;

  /**
   * @param folder for this session only; need not exist
   * @param seconds maximum age of a picture
   */
  FrameRing(Path folder, int seconds) {
    this.folder = folder;
    this.seconds = seconds;
  }

  /** Loads what an earlier process left. */
  static FrameRing found(Path folder, int seconds) throws IOException {
    var ring = new FrameRing(folder, seconds);
    List<KeptFrame> frames = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Optional<KeptFrame> frame = FrameFile.parse(String.valueOf(file.getFileName()));
        frame.ifPresent(frames::add);
        if (frame.isEmpty()) {
          Files.deleteIfExists(file);
        }
      }
    }
    frames.sort(Comparator.comparingLong(KeptFrame::index));
    frames.forEach(ring::enter);
    return ring;
  }

  int seconds() {
    return seconds;
  }

  /** Sets the maximum age, effective from the next picture. */
  void keep(int longest) {
    seconds = longest;
  }

  /**
   * Adds the newest picture and evicts those that have become too old.
   *
   * @param at when it was taken
   * @return number of evicted pictures
   */
  int add(EncodedPicture picture, Instant at) throws IOException {
    KeptFrame frame = numbered(picture, at);
    FrameFile.write(folder, frame, picture.jpeg());
    synchronized (this) {
      if (cleared) { // the ring was deleted during the write
        delete(folder.resolve(FrameFile.name(frame)));
        delete(folder);
        return 0;
      }
      enter(frame);
      newest.addLast(new InMemory(frame, shown(frame, picture.jpeg())));
      if (newest.size() > IN_MEMORY) {
        newest.removeFirst();
      }
    }
    int evicted = 0;
    MediaTime oldest = frame.time().minus(MediaTime.of(Duration.ofSeconds(seconds)));
    while (oldest().filter(old -> old.time().isBefore(oldest)).isPresent() && evict()) {
      evicted++;
    }
    return evicted;
  }

  /** Adds a picture from a bundle; to be called with the oldest picture first. */
  void adopt(KeptFrame frame, byte[] jpeg) throws IOException {
    FrameFile.write(folder, frame, jpeg);
    synchronized (this) {
      enter(frame);
    }
  }

  synchronized List<KeptFrame> all() {
    return List.copyOf(byIndex.values());
  }

  synchronized Optional<KeptFrame> oldest() {
    return byIndex.isEmpty() ? Optional.empty() : Optional.of(byIndex.firstEntry().getValue());
  }

  synchronized long bytes() {
    return bytes;
  }

  /**
   * Deletes the oldest picture.
   *
   * @return false where there is none
   */
  boolean evict() {
    KeptFrame gone;
    synchronized (this) {
      Map.Entry<Long, KeptFrame> first = byIndex.pollFirstEntry();
      if (first == null) {
        return false;
      }
      gone = first.getValue();
      byTime.remove(gone.time());
      bytes -= gone.bytes();
      newest.removeIf(kept -> kept.frame().equals(gone));
    }
    delete(folder.resolve(FrameFile.name(gone)));
    return true;
  }

  /** Deletes all pictures with their folder. */
  void clear() {
    synchronized (this) {
      cleared = true;
      byIndex.clear();
      byTime.clear();
      newest.clear();
      bytes = 0;
    }
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        files.forEach(FrameRing::delete);
      } catch (IOException e) {
        LOG.warn("{} can't be emptied: {}", folder, e.toString());
      }
      delete(folder);
    }
  }

  @Override
  public synchronized Extent extent() {
    if (byIndex.isEmpty()) {
      return new Extent(
          begin, Optional.empty(), Optional.empty(), 0, next, 0, OptionalDouble.empty());
    }
    KeptFrame first = byIndex.firstEntry().getValue();
    return new Extent(
        begin,
        Optional.of(first),
        Optional.of(byIndex.lastEntry().getValue()),
        byIndex.size(),
        next - byIndex.size(),
        bytes,
        recentFps());
  }

  @Override
  public synchronized Optional<KeptFrame> frame(long index) {
    return Optional.ofNullable(byIndex.get(index));
  }

  @Override
  public synchronized Optional<KeptFrame> near(
      MediaTime time, MediaTime tolerance, Direction direction) {
    Stream<Map.Entry<MediaTime, KeptFrame>> candidates =
        switch (direction) {
          case FORWARD -> Stream.ofNullable(byTime.ceilingEntry(time));
          case BACKWARD -> Stream.ofNullable(byTime.floorEntry(time));
          case NEAREST ->
              Stream.concat(
                  Stream.ofNullable(byTime.floorEntry(time)),
                  Stream.ofNullable(byTime.ceilingEntry(time)));
        };
    return candidates
        .map(Map.Entry::getValue)
        .filter(frame -> distance(frame, time) <= tolerance.micros())
        .min(Comparator.comparingLong(frame -> distance(frame, time)));
  }

  @Override
  public Window window(MediaTime start, MediaTime end, double maxFps, int most) {
    List<KeptFrame> inside;
    synchronized (this) {
      inside =
          start.isBefore(end)
              ? List.copyOf(byTime.subMap(start, true, end, false).values())
              : List.of();
    }
    List<KeptFrame> chosen = FrameThinning.slower(inside, maxFps);
    return new Window(FrameThinning.fewer(chosen, most), chosen.size());
  }

  @Override
  public List<EncodedPicture> pictures(List<KeptFrame> frames) {
    return frames.stream().flatMap(frame -> picture(frame).stream()).toList();
  }

  private Optional<EncodedPicture> picture(KeptFrame frame) {
    synchronized (this) {
      for (InMemory kept : newest) {
        if (kept.frame().equals(frame)) {
          return Optional.of(kept.picture());
        }
      }
    }
    try {
      byte[] jpeg = Files.readAllBytes(folder.resolve(FrameFile.name(frame)));
      return Optional.of(shown(frame, jpeg));
    } catch (NoSuchFileException evicted) {
      return Optional.empty();
    } catch (IOException e) {
      LOG.warn("failed to read a stored picture: {}", e.toString());
      return Optional.empty();
    }
  }

  /**
   * A picture with its time on this ring's clock, because a source's clock restarts with each
   * connection.
   */
  private static EncodedPicture shown(KeptFrame frame, byte[] jpeg) {
    return new EncodedPicture(frame.time(), frame.width(), frame.height(), jpeg);
  }

  /**
   * Numbers a picture. Its time is at least a millisecond after that of the previous one, even if
   * the clock was set back.
   */
  private synchronized KeptFrame numbered(EncodedPicture picture, Instant at) {
    MediaTime measured = MediaTime.of(Duration.between(begin.orElse(at), at));
    MediaTime least =
        byIndex.isEmpty() ? MediaTime.ZERO : byIndex.lastEntry().getValue().time().plus(TICK);
    MediaTime time = measured.isBefore(least) ? least : measured;
    return new KeptFrame(
        next,
        new MediaTime(time.micros() / 1_000 * 1_000),
        Instant.ofEpochMilli(at.toEpochMilli()),
        picture.width(),
        picture.height(),
        picture.jpeg().length);
  }

  private synchronized void enter(KeptFrame frame) {
    byIndex.put(frame.index(), frame);
    byTime.put(frame.time(), frame);
    bytes += frame.bytes();
    next = frame.index() + 1;
    if (begin.isEmpty()) {
      begin = Optional.of(frame.at().minus(frame.time().toDuration()));
    }
  }

  private OptionalDouble recentFps() {
    KeptFrame last = byIndex.lastEntry().getValue();
    KeptFrame first = byIndex.ceilingEntry(last.index() - RECENT).getValue();
    long micros = last.time().minus(first.time()).micros();
    return micros > 0
        ? OptionalDouble.of((last.index() - first.index()) * 1e6 / micros)
        : OptionalDouble.empty();
  }

  private static long distance(KeptFrame frame, MediaTime time) {
    return Math.abs(frame.time().micros() - time.micros());
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{} can't be deleted: {}", file, e.toString());
    }
  }
}
