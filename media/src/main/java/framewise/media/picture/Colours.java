package framewise.media.picture;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * How a picture's pixel values encode colour, in the numbering of ITU-T H.273 and FFmpeg.
 *
 * @param matrix how luma and chroma derive from red, green and blue
 * @param range the values of black and white
 * @param transfer how values map to light
 * @param primaries the red, green and blue that are mixed
 */
public record Colours(int matrix, int range, int transfer, int primaries) {
  /** Nothing is specified. */
  public static final Colours UNSPECIFIED =
      new Colours(
          avutil.AVCOL_SPC_UNSPECIFIED,
          avutil.AVCOL_RANGE_UNSPECIFIED,
          avutil.AVCOL_TRC_UNSPECIFIED,
          avutil.AVCOL_PRI_UNSPECIFIED);

  /** From this height on, video without colour information counts as BT.709, as in browsers. */
  private static final int HD_HEIGHT = 720;

  /**
   * The container's colours. Must be read before anything is decoded: some decoders overwrite them
   * with their own guesses.
   */
  public static Colours of(AVCodecParameters declared) {
    return new Colours(
        declared.color_space(),
        declared.color_range(),
        declared.color_trc(),
        declared.color_primaries());
  }

  /**
   * A picture's colours: its own; where unspecified, the container's; else the usual defaults.
   *
   * @param codec FFmpeg's number of the codec
   */
  public static Colours of(AVFrame picture, Colours declared, int codec) {
    // VP8 has no colour fields; FFmpeg's decoder fills in a guess.
    boolean guesses = codec == avcodec.AV_CODEC_ID_VP8;
    Colours own = of(picture);
    Colours known = guesses ? declared.or(own) : own.or(declared);
    return new Colours(
        known.matrix == avutil.AVCOL_SPC_UNSPECIFIED
            ? defaultColours(picture.height())
            : known.matrix,
        isFullRangeFormat(picture.format()) ? avutil.AVCOL_RANGE_JPEG : known.range,
        known.transfer,
        known.primaries);
  }

  /** Whether the values use the full range from black to white. */
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

  private static int defaultColours(int height) {
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
