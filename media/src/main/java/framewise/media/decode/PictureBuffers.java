package framewise.media.decode;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext.Get_buffer2_AVCodecContext_AVFrame_int;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * FFmpeg's callback for the memory of each picture before it is decoded: a picture that exceeds the
 * budget is never allocated. One callback serves all decoders, because JavaCPP supports only a few.
 */
final class PictureBuffers extends Get_buffer2_AVCodecContext_AVFrame_int {
  private static final Logger LOG = LoggerFactory.getLogger(PictureBuffers.class);
  private static final Map<Long, Decoder> DECODERS = new ConcurrentHashMap<>();
  private static final PictureBuffers CALLBACK = new PictureBuffers();

  private PictureBuffers() {}

  /** Consults the decoder before its context allocates a picture. */
  static void watch(AVCodecContext context, Decoder decoder) {
    DECODERS.put(context.address(), decoder);
    context.get_buffer2(CALLBACK);
  }

  /** Removes a context that is about to be freed. */
  static void forget(AVCodecContext context) {
    DECODERS.remove(context.address());
  }

  @Override
  public int call(AVCodecContext context, AVFrame picture, int flags) {
    try {
      Decoder decoder = DECODERS.get(context.address());
      if (decoder == null || !decoder.admits(picture)) {
        return avutil.AVERROR_ENOMEM();
      }
      int result = avcodec.avcodec_default_get_buffer2(context, picture, flags);
      return result < 0 || decoder.made(picture) ? result : avutil.AVERROR_ENOMEM();
    } catch (Throwable e) {
      // Exceptions must not reach native code.
      LOG.error("Not enough memory for a picture", e);
      return avutil.AVERROR_ENOMEM();
    }
  }
}
