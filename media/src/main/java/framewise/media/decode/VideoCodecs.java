package framewise.media.decode;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * The supported codecs. FFmpeg has hundreds more, most of them for files that no one uploads; each
 * would be more code that a hostile file can attack.
 */
public final class VideoCodecs {
  private static final Map<Integer, String> DECODER_OF = new LinkedHashMap<>();

  static {
    DECODER_OF.put(avcodec.AV_CODEC_ID_H264, "h264");
    DECODER_OF.put(avcodec.AV_CODEC_ID_HEVC, "hevc");
    DECODER_OF.put(avcodec.AV_CODEC_ID_VP8, "vp8");
    DECODER_OF.put(avcodec.AV_CODEC_ID_VP9, "vp9");
    // FFmpeg's own "av1" works only with graphics cards.
    DECODER_OF.put(avcodec.AV_CODEC_ID_AV1, "libaom-av1");
    DECODER_OF.put(avcodec.AV_CODEC_ID_MPEG4, "mpeg4");
    DECODER_OF.put(avcodec.AV_CODEC_ID_MJPEG, "mjpeg");
    DECODER_OF.put(avcodec.AV_CODEC_ID_MPEG1VIDEO, "mpeg1video");
    DECODER_OF.put(avcodec.AV_CODEC_ID_MPEG2VIDEO, "mpeg2video");
    DECODER_OF.put(avcodec.AV_CODEC_ID_H263, "h263");
    DECODER_OF.put(avcodec.AV_CODEC_ID_MSMPEG4V2, "msmpeg4v2");
    DECODER_OF.put(avcodec.AV_CODEC_ID_MSMPEG4V3, "msmpeg4");
    DECODER_OF.put(avcodec.AV_CODEC_ID_THEORA, "theora");
    DECODER_OF.put(avcodec.AV_CODEC_ID_PRORES, "prores");
    DECODER_OF.put(avcodec.AV_CODEC_ID_DNXHD, "dnxhd");
    DECODER_OF.put(avcodec.AV_CODEC_ID_DVVIDEO, "dvvideo");
    DECODER_OF.put(avcodec.AV_CODEC_ID_FFV1, "ffv1");
    DECODER_OF.put(avcodec.AV_CODEC_ID_HUFFYUV, "huffyuv");
    DECODER_OF.put(avcodec.AV_CODEC_ID_RAWVIDEO, "rawvideo");
  }

  /** The decoders' names in the format of FFmpeg's allow-list. */
  public static final String DECODERS = String.join(",", DECODER_OF.values());

  /** The codecs' names for a sentence. */
  public static final String NAMES =
      DECODER_OF.keySet().stream().map(VideoCodecs::name).collect(Collectors.joining(", "));

  private VideoCodecs() {}

  static Optional<AVCodec> decoder(int codec) {
    String name = DECODER_OF.get(codec);
    if (name == null) {
      return Optional.empty();
    }
    AVCodec decoder = avcodec.avcodec_find_decoder_by_name(name);
    return decoder == null || decoder.isNull() ? Optional.empty() : Optional.of(decoder);
  }

  /** FFmpeg's name of a codec. */
  public static String name(int codec) {
    return avcodec.avcodec_get_name(codec).getString();
  }
}
