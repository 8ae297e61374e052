package framewise.media.file;

import framewise.media.decode.Decoder;
import framewise.media.picture.PictureGeometry;
import framewise.media.picture.UprightScaler;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Finds a video's largest picture size: recordings of calls start small and grow. Samples key
 * frames evenly over the video; pictures that grow stay large for longer than the gap between
 * samples.
 */
final class LargestPicture {
  private static final int LOOKS = 16;

  private final VideoFile file;
  private final Decoder decoder;
  private final UprightScaler upright;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame picture = avutil.av_frame_alloc();
  private long seen = avutil.AV_NOPTS_VALUE;

  private LargestPicture(VideoFile file, Decoder decoder, UprightScaler upright) {
    this.file = file;
    this.decoder = decoder;
    this.upright = upright;
  }

  /**
   * Scans a file; the file and the decoder end up at an arbitrary position.
   *
   * @param first the shape of the first picture
   * @param micros when the video ends
   */
  static PictureGeometry of(
      VideoFile file, Decoder decoder, UprightScaler upright, PictureGeometry first, long micros) {
    var search = new LargestPicture(file, decoder, upright);
    try {
      return search.largest(first, micros);
    } finally {
      avcodec.av_packet_free(search.packet);
      avutil.av_frame_free(search.picture);
    }
  }

  private PictureGeometry largest(PictureGeometry first, long micros) {
    PictureGeometry largest = first;
    for (int i = 1; i <= LOOKS; i++) {
      if (look(file.units(micros * i / LOOKS))) {
        PictureGeometry shape = upright.shape(picture);
        largest = shape.pixels() > largest.pixels() ? shape : largest;
        avutil.av_frame_unref(picture);
      }
    }
    return largest;
  }

  /** Decodes the key frame at or before a time, unless it was seen before. */
  private boolean look(long time) {
    if (!file.seek(time) || !file.read(packet)) {
      return false;
    }
    try {
      long at = PacketWindow.time(packet);
      if (!PacketWindow.isKey(packet) || at == seen) {
        return false;
      }
      seen = at;
      decoder.reset();
      decoder.send(packet, true);
      decoder.drain();
      return decoder.receive(picture);
    } finally {
      avcodec.av_packet_unref(packet);
    }
  }
}
