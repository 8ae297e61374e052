package framewise.media.file;

import framewise.media.NotAVideoException;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Result of reading through a whole file whose header lacks these values.
 *
 * @param micros from the first picture to the end of the last
 * @param endMicros end of the last picture on the player's clock
 * @param pictures number of pictures
 */
record PacketCount(long micros, long endMicros, long pictures) {
  /** Counts the packets without decoding any, and returns to the start. */
  static Optional<PacketCount> of(VideoFile file) throws NotAVideoException {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    long lastDuration = 0;
    long pictures = 0;
    AVPacket packet = avcodec.av_packet_alloc();
    try {
      while (file.read(packet)) {
        long time = PacketWindow.time(packet);
        if (time != avutil.AV_NOPTS_VALUE) {
          first = Math.min(first, time);
          lastDuration = time > last ? packet.duration() : lastDuration;
          last = Math.max(last, time);
          pictures++;
        }
        avcodec.av_packet_unref(packet);
      }
    } finally {
      avcodec.av_packet_free(packet);
    }
    if (!file.rewind()) {
      throw new NotAVideoException(
          "The %s file is damaged: its index does not lead back to its start."
              .formatted(file.container().label()));
    }
    if (pictures < 2 || last <= first) {
      return Optional.empty();
    }
    long shown = lastDuration > 0 ? lastDuration : (last - first) / (pictures - 1);
    return Optional.of(
        new PacketCount(file.micros(last - first + shown), file.micros(last + shown), pictures));
  }

  double fps() {
    return pictures * 1_000_000.0 / micros;
  }
}
