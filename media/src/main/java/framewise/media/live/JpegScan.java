package framewise.media.live;

/**
 * Finds the start and end of a JPEG by its structure (ITU-T T.81, annex B). Pictures inside its
 * segments, such as thumbnails, are part of it. Reads every byte once; used by one thread.
 */
final class JpegScan {
  private static final int PREFIX = 0xff;
  private static final int START = 0xd8;
  private static final int END = 0xd9;
  private static final int SCAN = 0xda;
  private static final int FIRST_RESTART = 0xd0;
  private static final int LAST_RESTART = 0xd7;

  /** Smallest valid marker; 0 marks a pixel byte that looks like a prefix. */
  private static final int FIRST_MARKER = 0xc0;

  /** The result of a scan. */
  enum ScanResult {
    /** A complete picture, from the first byte to {@link #place}. */
    WHOLE,
    /** A picture with pixels but no end: the next one starts at {@link #place}. */
    CUT_SHORT,
    /** No picture starts before {@link #place}. */
    NONE,
    /** Undecided until more bytes arrive. */
    UNFINISHED
  }

  private int place;
  private boolean begun;
  private boolean inPixels;
  private boolean hasPixels;

  /** Whether the first byte starts a picture. */
  static boolean begins(byte[] bytes, int length) {
    return length > 2 && isStart(bytes, 0);
  }

  /** Starts again at the first byte, because the bytes changed or moved. */
  void restart() {
    place = 0;
    begun = false;
    inPixels = false;
    hasPixels = false;
  }

  /** The offset where the result ends. */
  int place() {
    return place;
  }

  /** Whether the bytes scanned so far include the start of pixels. */
  boolean hasPixels() {
    return hasPixels;
  }

  /** Continues the scan after bytes were appended. */
  ScanResult look(byte[] bytes, int length) {
    if (!begun) {
      int start = start(bytes, length);
      if (start > 0) {
        place = start;
        return ScanResult.NONE;
      }
      begun = length > 2;
      place = 2;
    }
    while (begun && place + 3 < length) {
      if (inPixels && (bytes[place] & 0xff) != PREFIX) {
        place++;
      } else {
        ScanResult seen = marker(bytes);
        if (seen != ScanResult.UNFINISHED) {
          return seen;
        }
      }
    }
    while (inPixels && place < length && (bytes[place] & 0xff) != PREFIX) {
      place++;
    }
    // Nothing follows the last marker of a picture.
    return begun && place + 2 <= length && isEnd(bytes) ? ended() : ScanResult.UNFINISHED;
  }

  /** Skips a marker and its segment. */
  private ScanResult marker(byte[] bytes) {
    int marker = bytes[place + 1] & 0xff;
    if ((bytes[place] & 0xff) != PREFIX) {
      return none();
    }
    boolean pixel = marker < FIRST_MARKER || (marker >= FIRST_RESTART && marker <= LAST_RESTART);
    if (marker == PREFIX) {
      place++; // filling
    } else if (pixel) {
      if (!inPixels) {
        return none();
      }
      place += 2;
    } else if (marker == END) {
      return ended();
    } else if (marker == START) {
      if (!hasPixels) {
        return none();
      }
      if ((bytes[place + 2] & 0xff) == PREFIX) {
        return ScanResult.CUT_SHORT;
      }
      place += 2; // damage
    } else {
      inPixels = marker == SCAN;
      hasPixels |= inPixels;
      place += 2 + (((bytes[place + 2] & 0xff) << 8) | (bytes[place + 3] & 0xff));
    }
    return ScanResult.UNFINISHED;
  }

  private ScanResult ended() {
    if (!hasPixels) {
      return none();
    }
    place += 2;
    return ScanResult.WHOLE;
  }

  /** Rejects what looked like a start. */
  private ScanResult none() {
    place = 1;
    return ScanResult.NONE;
  }

  private boolean isEnd(byte[] bytes) {
    return (bytes[place] & 0xff) == PREFIX && (bytes[place + 1] & 0xff) == END;
  }

  /** The first offset at which a picture may start. */
  private static int start(byte[] bytes, int length) {
    int i = 0;
    while (i + 2 < length && !isStart(bytes, i)) {
      i++;
    }
    return i;
  }

  private static boolean isStart(byte[] bytes, int at) {
    return (bytes[at] & 0xff) == PREFIX
        && (bytes[at + 1] & 0xff) == START
        && (bytes[at + 2] & 0xff) == PREFIX;
  }
}
