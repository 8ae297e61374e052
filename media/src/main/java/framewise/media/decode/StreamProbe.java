package framewise.media.decode;

import framewise.media.Ffmpeg;
import framewise.media.memory.NativeMemory;
import framewise.media.picture.PictureLimits;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Fills in what a container does not say about its streams. FFmpeg decodes the first pictures for
 * that, in decoders of its own that bypass the memory budget: they get a size limit.
 */
public final class StreamProbe {
  /** What a decoder takes per pixel for the few pictures of a probe; measured with H.264. */
  private static final int BYTES_PER_PIXEL = 5;

  private StreamProbe() {}

  /**
   * Reads up to the first pictures. Streams with larger pictures than the memory budget allows stay
   * unknown; opening a decoder for them says why.
   *
   * @return FFmpeg's result, negative for an error
   */
  public static int run(AVFormatContext context) {
    int streams = context.nb_streams();
    int allowed = context.max_streams();
    String pixels = Long.toString(maxPixels());
    try (var options = new PointerPointer<AVDictionary>(Math.max(1, streams))) {
      for (int i = 0; i < streams; i++) {
        AVDictionary own = new AVDictionary();
        Ffmpeg.require(avutil.av_dict_set(own, "max_pixels", pixels, 0), "Setting max_pixels");
        options.put(i, own);
      }
      // A stream that appears meanwhile would be decoded without the limit. Playlists show theirs
      // late.
      if (!context.iformat().name().getString().equals("hls")) {
        context.max_streams(streams);
      }
      int result =
          streams == 0
              ? avformat.avformat_find_stream_info(context, (AVDictionary) null)
              : avformat.avformat_find_stream_info(context, options);
      for (int i = 0; i < streams; i++) {
        // FFmpeg frees the ones whose options it has used.
        AVDictionary left = options.get(AVDictionary.class, i);
        if (left != null) {
          avutil.av_dict_free(left);
        }
      }
      return result;
    } finally {
      context.max_streams(allowed);
    }
  }

  private static long maxPixels() {
    long left = Math.max(0, NativeMemory.limit() - NativeMemory.used());
    return Math.clamp(left / BYTES_PER_PIXEL, 1, PictureLimits.MAX_PIXELS);
  }
}
