package framewise.media;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * The key frames that the container's index knows, by the time at which they are shown. Some
 * containers' index has decoding times. How much later a key frame is shown differs from one to the
 * next where pictures that are shown before it are decoded after it (open groups of pictures), so
 * what is told here of a key frame that was not read yet is an estimate: the latest it can be by
 * those that were.
 */
final class KeyFrames {
  private final VideoFile file;
  private long delay;

  KeyFrames(VideoFile file) {
    this.file = file;
  }

  /** Learns from a packet that was read. */
  void note(AVPacket packet) {
    long time = indexed(packet);
    if (PacketWindow.isKey(packet)
        && PacketWindow.hasTime(packet)
        && time != avutil.AV_NOPTS_VALUE) {
      delay = Math.max(delay, packet.pts() - time);
    }
  }

  /** The time under which a key frame's packet is in the index. */
  long indexed(AVPacket packet) {
    return file.indexHasDecodingTimes() ? packet.dts() : packet.pts();
  }

  /** When a key frame that is shown at the time is decoded. */
  long decoded(long time) {
    return time - delay;
  }

  /** The last one that is shown at or before the time. */
  Optional<Long> atOrBefore(long time) {
    return file.keyAtOrBefore(decoded(time)).map(this::shown);
  }

  /** The one that is shown nearest to the time, within limits. */
  Optional<Long> nearest(long time, long from, long to) {
    return Stream.of(atOrBefore(time), file.keyAtOrAfter(decoded(time)).map(this::shown))
        .flatMap(Optional::stream)
        .filter(key -> key >= from && key <= to)
        .min(Comparator.comparingLong(key -> Math.abs(key - time)));
  }

  private long shown(long decoded) {
    return decoded + delay;
  }
}
