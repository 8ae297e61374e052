package framewise.media;

import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avformat;

/**
 * Where a file is torn off.
 *
 * @param from from which decoding time on the pictures are missing, in the stream's units; empty
 *     where only reading to the end tells
 */
record Tear(OptionalLong from) {
  /** One whose place only reading tells. */
  static final Tear UNPLACED = new Tear(OptionalLong.empty());

  /**
   * Looks for the first picture of which the file does not have all bytes.
   *
   * @param stream whose index has the place of each picture, as that of mp4 and mov has
   * @param length bytes of the file
   */
  static Tear of(AVStream stream, long length) {
    int whole = 0;
    int torn = avformat.avformat_index_get_entries_count(stream);
    int all = torn;
    // They lie in the file in their order.
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
        : new Tear(OptionalLong.of(avformat.avformat_index_get_entry(stream, whole).timestamp()));
  }

  private static boolean isWhole(AVIndexEntry entry, long length) {
    return entry.pos() + entry.size() <= length;
  }
}
