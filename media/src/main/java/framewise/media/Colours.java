package framewise.media;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * What the numbers of a picture's pixels mean, as ITU-T H.273 and FFmpeg number it.
 *
 * @param matrix how luma and chroma were made of red, green and blue
 * @param range which numbers black and white are
 * @param transfer how numbers stand for light
 * @param primaries which red, green and blue are mixed
 */
record Colours(int matrix, int range, int transfer, int primaries) {
  /** Nothing is told. */
  static final Colours UNTOLD =
      new Colours(
          avutil.AVCOL_SPC_UNSPECIFIED,
          avutil.AVCOL_RANGE_UNSPECIFIED,
          avutil.AVCOL_TRC_UNSPECIFIED,
          avutil.AVCOL_PRI_UNSPECIFIED);

  /** From this height on video that does not name its colours means BT.709, as browsers take it. */
  private static final int HD_HEIGHT = 720;

  /**
   * What a container says. It has to be asked before anything is decoded: some decoders put what
   * they do not know in the place of what was told.
   */
  static Colours of(AVCodecParameters told) {
    return new Colours(
        told.color_space(), told.color_range(), told.color_trc(), told.color_primaries());
  }

  /**
   * Those of one picture: its own, where it does not say them the container's, and where that does
   * not either what is usual.
   *
   * @param codec FFmpeg's number of what it was coded with
   */
  static Colours of(AVFrame picture, Colours told, int codec) {
    // VP8 cannot say it, and FFmpeg's decoder of it puts a guess there.
    boolean guesses = codec == avcodec.AV_CODEC_ID_VP8;
    Colours own = of(picture);
    Colours known = guesses ? told.or(own) : own.or(told);
    return new Colours(
        known.matrix == avutil.AVCOL_SPC_UNSPECIFIED ? usual(picture.height()) : known.matrix,
        isFullRangeFormat(picture.format()) ? avutil.AVCOL_RANGE_JPEG : known.range,
        known.transfer,
        known.primaries);
  }

  /** Whether black and white are the least and the greatest number. */
  boolean fullRange() {
    return range == avutil.AVCOL_RANGE_JPEG;
  }

  private static Colours of(AVFrame picture) {
    return new Colours(
        picture.colorspace(),
        picture.color_range(),
        picture.color_trc(),
        picture.color_primaries());
  }

  private Colours or(Colours other) {
    return new Colours(
        matrix == avutil.AVCOL_SPC_UNSPECIFIED ? other.matrix : matrix,
        range == avutil.AVCOL_RANGE_UNSPECIFIED ? other.range : range,
        transfer == avutil.AVCOL_TRC_UNSPECIFIED ? other.transfer : transfer,
        primaries == avutil.AVCOL_PRI_UNSPECIFIED ? other.primaries : primaries);
  }

  private static int usual(int height) {
    return height >= HD_HEIGHT ? avutil.AVCOL_SPC_BT709 : avutil.AVCOL_SPC_SMPTE170M;
  }

  private static boolean isFullRangeFormat(int format) {
    return format == avutil.AV_PIX_FMT_YUVJ420P
        || format == avutil.AV_PIX_FMT_YUVJ422P
        || format == avutil.AV_PIX_FMT_YUVJ444P
        || format == avutil.AV_PIX_FMT_YUVJ440P
        || format == avutil.AV_PIX_FMT_YUVJ411P;
  }
}
