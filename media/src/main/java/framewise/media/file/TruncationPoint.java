package framewise.media.file;

import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avformat;

/**
 * Where a truncated file ends.
 *
 * @param from decoding time from which pictures are missing, in the stream's units; empty when only
 *     reading to the end can find it
 */
record TruncationPoint(OptionalLong from) {
  /** A truncation whose position only reading can find. */
  static final TruncationPoint UNPLACED = new TruncationPoint(OptionalLong.empty());

  /**
   * Finds the first picture that the file does not hold completely.
   *
   * @param stream an mp4's or mov's, whose index has each picture's position
   * @param length bytes of the file
   */
  static TruncationPoint of(AVStream stream, long length) {
    int whole = 0;
    int torn = avformat.avformat_index_get_entries_count(stream);
    int all = torn;
    // Pictures lie in the file in index order.
    while (whole < torn) {
      int middle = (whole + torn) >>> 1;
      if (isWhole(avformat.avformat_index_get_entry(stream, middle), length)) {
        whole = middle + 1;
      } else {
        torn = middle;
      }
    }
    return whole == all
        ? UNPLACED
        : new TruncationPoint(
            OptionalLong.of(avformat.avformat_index_get_entry(stream, whole).timestamp()));
  }

  private static boolean isWhole(AVIndexEntry entry, long length) {
    return entry.pos() + entry.size() <= length;
  }
}
