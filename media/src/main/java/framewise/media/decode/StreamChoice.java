package framewise.media.decode;

import framewise.media.NotAVideoException;
import framewise.media.picture.PictureLimits;
import java.util.function.BiPredicate;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** Chooses a file's video stream and checks that it is supported. */
public final class StreamChoice {
  /** Limit on the number of streams in a file. */
  public static final int MAX_STREAMS = 64;

  private StreamChoice() {}

  /**
   * The search's result.
   *
   * @param video null when none is supported
   * @param unknown codec of an unsupported stream; empty when there is none
   */
  public record SearchResult(@Nullable AVStream video, String unknown) {}

  /** The file's preferred stream, or its first; the others are no longer read. */
  public static AVStream of(Container container, AVFormatContext context)
      throws NotAVideoException {
    if (context.nb_streams() >= MAX_STREAMS) {
      throw new NotAVideoException(
          "The %s file has %d streams or more; at most %d are allowed. Export it with one video stream."
              .formatted(container.label(), MAX_STREAMS, MAX_STREAMS - 1));
    }
    SearchResult found = among(context, (one, other) -> isPreferred(one) && !isPreferred(other));
    AVStream chosen = found.video();
    if (chosen == null) {
      throw new NotAVideoException(
          found.unknown().isEmpty()
              ? "The %s file has no video, only %s. Choose a file with video; %s"
                  .formatted(
                      container.label(),
                      context.nb_streams() == 0 ? "a header" : "audio or other data",
                      Container.ALLOWED)
              : "The video codec %s of this %s file is not supported. Supported codecs: %s."
                  .formatted(found.unknown(), container.label(), VideoCodecs.NAMES));
    }
    PictureLimits.requireSize(chosen.codecpar().width(), chosen.codecpar().height());
    return chosen;
  }

  /**
   * The stream that no other one beats, the first of equals. The others are no longer read.
   *
   * @param beats whether to prefer the first stream to the second, which comes before it
   */
  public static SearchResult among(AVFormatContext context, BiPredicate<AVStream, AVStream> beats) {
    AVStream chosen = null;
    String unknown = "";
    for (int i = 0; i < context.nb_streams(); i++) {
      AVStream stream = context.streams(i);
      boolean video = stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_VIDEO;
      boolean cover = (stream.disposition() & avformat.AV_DISPOSITION_ATTACHED_PIC) != 0;
      if (video && !cover) {
        if (VideoCodecs.decoder(stream.codecpar().codec_id()).isEmpty()) {
          unknown = VideoCodecs.name(stream.codecpar().codec_id());
        } else if (chosen == null || beats.test(stream, chosen)) {
          chosen = stream;
        }
      }
    }
    for (int i = 0; chosen != null && i < context.nb_streams(); i++) {
      AVStream stream = context.streams(i);
      if (stream.index() != chosen.index()) {
        stream.discard(avcodec.AVDISCARD_ALL);
      }
    }
    return new SearchResult(chosen, unknown);
  }

  private static boolean isPreferred(AVStream stream) {
    return (stream.disposition() & avformat.AV_DISPOSITION_DEFAULT) != 0;
  }
}
