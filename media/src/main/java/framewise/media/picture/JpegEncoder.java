package framewise.media.picture;

import framewise.media.Ffmpeg;
import framewise.media.OutOfRangeException;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Writes frames as JPEG, with FFmpeg's MJPEG encoder. */
final class JpegEncoder {
  private JpegEncoder() {}

  static byte[] encode(Frame frame, int width, int height, int quality) {
    if (quality < 1 || quality > 100) {
      throw new OutOfRangeException("quality", quality, "from 1 to 100");
    }
    Ffmpeg.load();
    AVCodecContext encoder =
        avcodec.avcodec_alloc_context3(avcodec.avcodec_find_encoder(avcodec.AV_CODEC_ID_MJPEG));
    AVFrame picture = avutil.av_frame_alloc();
    AVPacket packet = avcodec.av_packet_alloc();
    try (Scaler scaler = new Scaler();
        AVRational second = new AVRational()) {
      encoder.width(width).height(height);
      encoder.time_base(second.num(1).den(1));
      encoder.pix_fmt(avutil.AV_PIX_FMT_YUVJ420P).color_range(avutil.AVCOL_RANGE_JPEG);
      encoder.thread_count(1);
      encoder.flags(encoder.flags() | avcodec.AV_CODEC_FLAG_QSCALE);
      encoder.qmin(1).global_quality(avutil.FF_QP2LAMBDA * scale(quality));
      Ffmpeg.require(
          avcodec.avcodec_open2(encoder, encoder.codec(), (AVDictionary) null),
          "Opening the JPEG encoder");
      picture.width(width).height(height).format(avutil.AV_PIX_FMT_YUVJ420P);
      picture.color_range(avutil.AVCOL_RANGE_JPEG).quality(encoder.global_quality()).pts(0);
      Ffmpeg.require(avutil.av_frame_get_buffer(picture, 0), "Allocating a picture");
      scaler.scale(frame, picture);
      Ffmpeg.require(avcodec.avcodec_send_frame(encoder, picture), "Encoding a JPEG");
      Ffmpeg.require(avcodec.avcodec_receive_packet(encoder, packet), "Encoding a JPEG");
      byte[] bytes = new byte[packet.size()];
      packet.data().get(bytes);
      return bytes;
    } finally {
      avcodec.av_packet_free(packet);
      avutil.av_frame_free(picture);
      avcodec.avcodec_free_context(encoder);
    }
  }

  /**
   * The encoder's quantiser scale, 1 (finest) to 31, for a quality on libjpeg's scale: 50 is the
   * standard table, which is scale 8; above it the table shrinks linearly, below it grows
   * inversely.
   */
  private static int scale(int quality) {
    double percent = quality < 50 ? 5000.0 / quality : 200 - 2.0 * quality;
    return Math.clamp(Math.round(percent * 8 / 100), 1, 31);
  }
}
