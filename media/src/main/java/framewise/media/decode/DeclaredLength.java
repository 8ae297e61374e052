package framewise.media.decode;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** A recording's length as its container declares it, in the browsers' interpretation. */
public final class DeclaredLength {
  private DeclaredLength() {}

  /**
   * The longest of the declared lengths of the whole, the pictures and the sound, in microseconds;
   * empty when none is declared.
   */
  public static Optional<Long> of(AVFormatContext context, AVStream video) {
    LongStream each =
        streams(context)
            .filter(one -> one.index() == video.index() || isSound(one))
            .filter(one -> one.duration() != avutil.AV_NOPTS_VALUE)
            .mapToLong(one -> micros(one.duration(), one.time_base()));
    boolean guessed = context.duration_estimation_method() == avformat.AVFMT_DURATION_FROM_BITRATE;
    boolean declared = !guessed && context.duration() != avutil.AV_NOPTS_VALUE;
    return LongStream.concat(
            each, declared ? LongStream.of(context.duration()) : LongStream.empty())
        .filter(micros -> micros > 0)
        .boxed()
        .max(Comparator.naturalOrder());
  }

  /** The audio streams. */
  public static Stream<AVStream> audioStreams(AVFormatContext context) {
    return streams(context).filter(DeclaredLength::isSound);
  }

  private static Stream<AVStream> streams(AVFormatContext context) {
    return IntStream.range(0, context.nb_streams()).mapToObj(context::streams);
  }

  static boolean isSound(AVStream stream) {
    return stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO;
  }

  /** A time of a stream in microseconds. */
  public static long micros(long time, AVRational base) {
    return avutil.av_rescale(time, base.num() * 1_000_000L, base.den());
  }
}
