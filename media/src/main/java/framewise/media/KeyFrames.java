package framewise.media;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * The key frames that the container's index knows, by the time at which they are shown. The index
 * has decoding times; the first key frame tells how much later they are shown.
 */
final class KeyFrames {
  private final VideoFile file;
  private long delay;
  private boolean delayKnown;

  KeyFrames(VideoFile file) {
    this.file = file;
  }

  /** Learns from a packet that was read. */
  void note(AVPacket packet) {
    if (!delayKnown
        && PacketWindow.isKey(packet)
        && PacketWindow.hasTime(packet)
        && packet.dts() != avutil.AV_NOPTS_VALUE) {
      delay = Math.max(0, packet.pts() - packet.dts());
      delayKnown = true;
    }
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
