package framewise.media.picture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Counts the scans of a JPEG (ITU-T T.81, annex B: a marker {@code FF DA} starts each). A
 * progressive JPEG of 200 kB can refine 40 million pixels 2000 times, which keeps a decoder busy
 * for minutes, and no call stops it. Encoders write about ten scans, so {@link #MAX_SCANS} refuses
 * none of theirs.
 *
 * <p>Scans of a thumbnail count as well, and so do equal bytes in other segments. Not thread-safe.
 */
public final class JpegScans {
  /** Maximum number of scans that are decoded. */
  public static final int MAX_SCANS = 50;

  private static final int PREFIX = 0xff;
  private static final int SCAN = 0xda;

  private boolean prefix;
  private int scans;

  private JpegScans() {}

  /** Whether these bytes, from position to limit, have too many scans; the position is kept. */
  public static boolean tooMany(ByteBuffer jpeg) {
    var counted = new JpegScans();
    for (int i = jpeg.position(); i < jpeg.limit() && counted.scans <= MAX_SCANS; i++) {
      counted.next(jpeg.get(i) & 0xff);
    }
    return counted.scans > MAX_SCANS;
  }

  /**
   * Whether the rest of the stream has too many scans; reads it up to there.
   *
   * @throws IOException when the stream cannot be read
   */
  public static boolean tooMany(InputStream jpeg) throws IOException {
    var counted = new JpegScans();
    byte[] part = new byte[16 << 10];
    for (int read = jpeg.read(part); read >= 0; read = jpeg.read(part)) {
      for (int i = 0; i < read; i++) {
        counted.next(part[i] & 0xff);
      }
      if (counted.scans > MAX_SCANS) {
        return true;
      }
    }
    return false;
  }

  private void next(int value) {
    if (prefix && value == SCAN) {
      scans++;
    }
    prefix = value == PREFIX;
  }
}
