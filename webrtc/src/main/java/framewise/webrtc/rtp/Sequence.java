package framewise.webrtc.rtp;

/** Extends numbers of 16 bits that wrap around to numbers that don't. Used by one thread. */
final class Sequence {
  private static final long CYCLE = 1 << 16;

  private long newest = -1;

  /** The extended number that is nearest to the highest one so far. */
  long extend(int number) {
    if (newest < 0) {
      // One cycle up, so that packets that come out of order at the start stay positive.
      newest = CYCLE + number;
      return newest;
    }
    long extended = newest + (short) (number - (int) newest);
    newest = Math.max(newest, extended);
    return extended;
  }

  /** Starts over with the next number. */
  void reset() {
    newest = -1;
  }
}
