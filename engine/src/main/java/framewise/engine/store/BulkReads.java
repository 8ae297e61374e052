package framewise.engine.store;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Limits how many long logs are read at a time, page by page in turn. A read occupies the carrier
 * of its virtual thread, in native code and while it unpacks: without a limit, a few downloads
 * would occupy all carriers, and health probes would wait for them. Events of the present are read
 * outside the limit. Safe for any number of threads.
 */
public final class BulkReads {
  private static final int PLACES = 2 * Runtime.getRuntime().availableProcessors();

  private static final Semaphore FREE = new Semaphore(PLACES, /* fair= */ true);

  private BulkReads() {}

  /** Reads one page, which must not read another. Waits for its turn. */
  public static <T> T read(Supplier<T> page) {
    FREE.acquireUninterruptibly();
    try {
      return page.get();
    } finally {
      FREE.release();
    }
  }
}
