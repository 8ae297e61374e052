package framewise.engine.store;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Monitors the free space of the data folder, and reserves some of it with a file. While the disk
 * is full, new work is refused at once, but deletes and a run's last events still succeed, because
 * they may use the reserve. Once there is space again, the reserve is restored and work continues.
 * Safe for any number of threads.
 */
public final class DiskSpace {
  /** Largest reserve, in bytes. A small disk gets an eighth of its size. */
  static final long MAX_RESERVE_BYTES = 16L << 20;

  private static final long MIN_SLACK_BYTES = 1L << 20;
  private static final int SMALL_DISK_SHARE = 20;

  /** Free space below which the next write is likely to fail, in bytes. */
  private static final long MIN_FREE_BYTES = 256L << 10;

  private static final int CHUNK = 1 << 20;
  private static final Logger LOG = LoggerFactory.getLogger(DiskSpace.class);

  private final Path folder;
  private final Path reserve;
  private final long reserveSize;
  private boolean full;

  private DiskSpace(Path folder, long reserveSize) {
    this.folder = folder;
    this.reserve = folder.resolve("reserve");
    this.reserveSize = reserveSize;
  }

  /** Monitors the disk of an existing folder, and creates the reserve if it is missing. */
  public static DiskSpace of(Path folder) {
    long total = folder.toFile().getTotalSpace();
    var space = new DiskSpace(folder, Math.min(MAX_RESERVE_BYTES, total / 8));
    space.full = !space.refill();
    if (space.full) {
      LOG.warn("{} ({}) Framewise stores nothing new until then.", sentence(), folder);
    }
    return space;
  }

  /** Free bytes; 0 where they can't be determined. */
  public long freeBytes() {
    // A single system call, whereas a FileStore reads the list of all mounts first.
    return folder.toFile().getUsableSpace();
  }

  /** Whether the disk is full. Checks again if it was. */
  public synchronized boolean isFull() {
    if (!full && freeBytes() < MIN_FREE_BYTES) {
      ranOut();
    } else if (full && freeBytes() >= missing() + slack() && refill()) {
      full = false;
      LOG.info("The disk of {} has free space again.", folder);
    }
    return full;
  }

  /**
   * Refuses new work while the disk is full.
   *
   * @throws RefusedException with {@link Code#DISK_FULL}
   */
  public void requireRoom() {
    if (isFull()) {
      throw refusal().asException();
    }
  }

  /**
   * Refuses a write that would leave too little space for everything else.
   *
   * @param bytes size of the write
   * @throws RefusedException with {@link Code#DISK_FULL}
   */
  public void requireRoomFor(long bytes) {
    requireRoom();
    if (freeBytes() - slack() < bytes) {
      throw refusal().asException();
    }
  }

  /**
   * Number of bytes to keep free: the wanted number or, on a small disk, a twentieth of its size.
   */
  public long shareOf(long wanted) {
    return Math.min(wanted, folder.toFile().getTotalSpace() / SMALL_DISK_SHARE);
  }

  /** Why nothing can be stored, and what to do. */
  public Refusal refusal() {
    return Refusal.of(Code.DISK_FULL, sentence());
  }

  /** Records a write that failed for lack of space. */
  synchronized void ranOut() {
    if (!full) {
      full = true;
      LOG.warn("{} ({}) Framewise stores nothing new until then.", sentence(), folder);
    }
  }

  /**
   * Deletes the reserve, so that writes which free space succeed.
   *
   * @return false when there was no reserve
   */
  synchronized boolean release() {
    full = true;
    try {
      return Files.deleteIfExists(reserve);
    } catch (IOException e) {
      LOG.warn("can't delete {}: {}", reserve, e.toString());
      return false;
    }
  }

  private static String sentence() {
    return "The disk is full. Delete sessions, free space on the disk of the data folder, or set FRAMEWISE_DATA to a folder on another disk.";
  }

  private long missing() {
    return reserveSize - reserve.toFile().length();
  }

  private long slack() {
    return Math.max(MIN_SLACK_BYTES, reserveSize / 4);
  }

  /**
   * Writes the reserve again, with random bytes, because a file system may store zeros without
   * allocating space.
   */
  private boolean refill() {
    if (missing() <= 0) {
      return true;
    }
    var chunk = new byte[CHUNK];
    new Random().nextBytes(chunk);
    try (var out =
        FileChannel.open(
            reserve,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (long left = reserveSize; left > 0; left -= CHUNK) {
        var bytes = ByteBuffer.wrap(chunk, 0, (int) Math.min(left, CHUNK));
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
      return true;
    } catch (IOException noSpace) {
      release();
      return false;
    }
  }
}
