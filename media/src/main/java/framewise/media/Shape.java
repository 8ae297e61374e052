package framewise.media;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;

/**
 * How the coded pictures of a video become upright ones with square pixels.
 *
 * @param width pixels of the upright picture at full size
 * @param height pixels of the upright picture at full size
 * @param turn what makes it upright
 */
record Shape(int width, int height, Turn turn) {
  /** A pixel that is said to be more oblong than this is not believed. */
  private static final double MAX_PIXEL_ASPECT = 8;

  private static final int MATRIX_BYTES = 9 * Integer.BYTES;

  static Shape of(AVFormatContext context, AVStream stream, AVFrame first)
      throws NotAVideoException {
    Turn turn = turn(stream.codecpar(), first);
    long width = Math.round(first.width() * pixelAspect(context, stream, first));
    int wide = Math.clamp(width, 1, Integer.MAX_VALUE);
    int high = first.height();
    Limits.requireSize(wide, high);
    return turn.transposed() ? new Shape(high, wide, turn) : new Shape(wide, high, turn);
  }

  /** The same shape, made no larger than the size. */
  Shape fit(FrameSize size) {
    int longest = Math.max(width, height);
    if (longest <= size.longestSide()) {
      return this;
    }
    double scale = (double) size.longestSide() / longest;
    return new Shape(
        (int) Math.max(1, Math.round(width * scale)),
        (int) Math.max(1, Math.round(height * scale)),
        turn);
  }

  private static double pixelAspect(AVFormatContext context, AVStream stream, AVFrame first) {
    try (AVRational aspect = avformat.av_guess_sample_aspect_ratio(context, stream, first)) {
      double ratio = aspect.num() > 0 && aspect.den() > 0 ? avutil.av_q2d(aspect) : 1;
      return ratio > MAX_PIXEL_ASPECT || ratio < 1 / MAX_PIXEL_ASPECT ? 1 : ratio;
    }
  }

  private static Turn turn(AVCodecParameters codec, AVFrame first) {
    AVPacketSideData all = codec.coded_side_data();
    if (all != null && !all.isNull()) {
      AVPacketSideData matrix =
          avcodec.av_packet_side_data_get(
              all, codec.nb_coded_side_data(), avcodec.AV_PKT_DATA_DISPLAYMATRIX);
      if (matrix != null && !matrix.isNull() && matrix.size() >= MATRIX_BYTES) {
        return Turn.ofMatrix(new IntPointer(matrix.data()));
      }
    }
    AVFrameSideData told = avutil.av_frame_get_side_data(first, avutil.AV_FRAME_DATA_DISPLAYMATRIX);
    return told == null || told.isNull() || told.size() < MATRIX_BYTES
        ? Turn.NONE
        : Turn.ofMatrix(new IntPointer(told.data()));
  }
}
