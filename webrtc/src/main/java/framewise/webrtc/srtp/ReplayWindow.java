package framewise.webrtc.srtp;

import java.util.Arrays;

/**
 * Remembers which of the last 1,024 packet indices were seen (RFC 3711, section 3.3.2), so that a
 * recorded packet is not taken twice. Used by one thread at a time.
 */
final class ReplayWindow {
  private static final int BITS = 1_024;

  private final long[] seen = new long[BITS / Long.SIZE];
  private long newest = -1;

  /** Whether a packet with this index may be taken. */
  boolean admits(long index) {
    if (index > newest) {
      return true;
    }
    return newest - index < BITS && (seen[word(index)] & bit(index)) == 0;
  }

  /** Marks an admitted index as seen. */
  void mark(long index) {
    if (index - newest >= BITS) {
      Arrays.fill(seen, 0);
    } else {
      for (long passed = newest + 1; passed < index; passed++) {
        seen[word(passed)] &= ~bit(passed);
      }
    }
    seen[word(index)] |= bit(index);
    newest = Math.max(newest, index);
  }

  /** The highest index that was marked; -1 before the first. */
  long newest() {
    return newest;
  }

  private static int word(long index) {
    return (int) (index / Long.SIZE % (BITS / Long.SIZE));
  }

  private static long bit(long index) {
    return 1L << (index % Long.SIZE);
  }
}
