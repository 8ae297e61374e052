package framewise.media.file;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * The key frames in the container's index, by display time. Some indexes hold decoding times. The
 * delay from decoding to display varies where pictures shown before a key frame are decoded after
 * it (open groups of pictures), so the display time of a key frame that was not read yet is an
 * estimate: the latest that the ones read so far allow.
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

  /** The time under which the index lists a key frame's packet. */
  long indexed(AVPacket packet) {
    return file.indexHasDecodingTimes() ? packet.dts() : packet.pts();
  }

  /** The decoding time of the key frame with this display time. */
  long decoded(long time) {
    return time - delay;
  }

  /** The last key frame shown at or before the time. */
  Optional<Long> atOrBefore(long time) {
    return file.keyAtOrBefore(decoded(time)).map(this::shown);
  }

  /** The key frame shown nearest to the time, within limits. */
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
