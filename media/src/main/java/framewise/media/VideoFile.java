package framewise.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * An open container of which one video stream is read. Times are in the stream's own units. Used by
 * one thread at a time.
 */
final class VideoFile implements AutoCloseable {
  /** FFmpeg looks at no more of the file than this to learn what its streams are. */
  private static final long MAX_PROBE_BYTES = 8L << 20;

  private static final long MAX_PROBE_MICROS = 3_000_000;

  private static final double MAX_FPS = 1000;
  private static final double DEFAULT_FPS = 25;

  /** So many broken reads in a row are the end of the file. */
  private static final int MAX_READ_FAILURES = 100;

  private final Container container;
  private final AVFormatContext context;
  private final AVStream stream;
  private final AVRational timeBase;
  private final Optional<PacketCount> count;
  private long damagedReads;

  private VideoFile(Container container, AVFormatContext context, AVStream stream)
      throws NotAVideoException {
    this.container = container;
    this.context = context;
    this.stream = stream;
    this.timeBase = stream.time_base();
    if (container.demuxer().equals("matroska")) {
      // Matroska's index is read at the first seek, and later times are found with it.
      boolean _ = rewind();
    }
    this.count = toldDuration().isPresent() ? Optional.empty() : PacketCount.of(this);
  }

  static VideoFile open(Path file) throws NotAVideoException {
    byte[] start = beginning(file);
    Ffmpeg.load();
    Container container = Container.of(start);
    AVInputFormat demuxer = avformat.av_find_input_format(container.demuxer());
    AVFormatContext context = avformat.avformat_alloc_context();
    try (AVDictionary options = new AVDictionary()) {
      set(options, "format_whitelist", Container.DEMUXERS);
      set(options, "protocol_whitelist", "file");
      set(options, "codec_whitelist", VideoCodecs.DECODERS);
      set(options, "max_streams", Integer.toString(StreamChoice.MAX_STREAMS));
      set(options, "probesize", Long.toString(MAX_PROBE_BYTES));
      set(options, "analyzeduration", Long.toString(MAX_PROBE_MICROS));
      if (container.demuxer().equals("mov")) {
        set(options, "enable_drefs", "0");
        set(options, "use_absolute_path", "0");
      }
      // A failed open frees the context and leaves the pointer null.
      int opened =
          avformat.avformat_open_input(
              context, "file:" + file.toAbsolutePath().normalize(), demuxer, options);
      avutil.av_dict_free(options);
      if (opened < 0) {
        throw new NotAVideoException(
            "The %s file cannot be read: %s. Its header is damaged or missing; %s"
                .formatted(container.label(), Ffmpeg.reason(opened), Container.ALLOWED));
      }
    }
    try {
      return new VideoFile(container, context, StreamChoice.of(container, context));
    } catch (NotAVideoException | RuntimeException e) {
      avformat.avformat_close_input(context);
      throw e;
    }
  }

  Container container() {
    return container;
  }

  AVCodecParameters codec() {
    return stream.codecpar();
  }

  AVStream stream() {
    return stream;
  }

  AVFormatContext context() {
    return context;
  }

  /** Reads that failed in the middle of the file since it was opened. */
  long damagedReads() {
    return damagedReads;
  }

  /** Reads the video's next packet in decoding order; false at the end of the file. */
  boolean read(AVPacket packet) {
    int failures = 0;
    while (failures < MAX_READ_FAILURES) {
      int result = avformat.av_read_frame(context, packet);
      if (result == avutil.AVERROR_EOF()) {
        return false;
      }
      if (result < 0) {
        failures++;
        damagedReads++;
      } else if (packet.stream_index() == stream.index()) {
        return true;
      } else {
        avcodec.av_packet_unref(packet);
      }
    }
    return false;
  }

  /** Goes to the last key frame whose packet lies at or before the given time. */
  boolean seek(long time) {
    return avformat.av_seek_frame(context, stream.index(), time, avformat.AVSEEK_FLAG_BACKWARD)
        >= 0;
  }

  /** Goes to the start of the video; false when a damaged file lets nobody. */
  boolean rewind() {
    return seek(Long.MIN_VALUE + 1)
        || avformat.avformat_seek_file(
                context, -1, Long.MIN_VALUE, 0, Long.MAX_VALUE, avformat.AVSEEK_FLAG_BYTE)
            >= 0;
  }

  /** The decoding time of the last indexed key frame at or before the given one. */
  Optional<Long> keyAtOrBefore(long time) {
    return indexed(time, avformat.AVSEEK_FLAG_BACKWARD);
  }

  /** The decoding time of the first indexed key frame at or after the given one. */
  Optional<Long> keyAtOrAfter(long time) {
    return indexed(time, 0);
  }

  private Optional<Long> indexed(long time, int flags) {
    AVIndexEntry entry = avformat.avformat_index_get_entry_from_timestamp(stream, time, flags);
    return entry == null || entry.isNull() ? Optional.empty() : Optional.of(entry.timestamp());
  }

  /** Rounded to the nearest microsecond. */
  long micros(long time) {
    return avutil.av_rescale(time, timeBase.num() * 1_000_000L, timeBase.den());
  }

  /** The last of the stream's own times that rounds to the given microsecond or an earlier one. */
  long units(long micros) {
    return avutil.av_rescale_rnd(
        2 * micros + 1, timeBase.den(), 2_000_000L * timeBase.num(), avutil.AV_ROUND_DOWN);
  }

  /** A length of time in the stream's units, rounded down. */
  long length(long micros) {
    return avutil.av_rescale_rnd(
        micros, timeBase.den(), 1_000_000L * timeBase.num(), avutil.AV_ROUND_DOWN);
  }

  /** Pictures a second on average, greater than 0, as far as the container tells. */
  double fps() {
    double counted = count.map(PacketCount::fps).orElse(0.0);
    double average = avutil.av_q2d(stream.avg_frame_rate());
    double lowest = avutil.av_q2d(stream.r_frame_rate());
    return DoubleStream.of(counted, average, lowest)
        .filter(fps -> fps > 0 && fps < MAX_FPS)
        .findFirst()
        .orElse(DEFAULT_FPS);
  }

  /** How long a picture is shown on average. */
  long frameDuration() {
    return Math.max(1, units(Math.round(1_000_000 / fps())));
  }

  /** The length in microseconds, as the container tells it or else counted. */
  Optional<Long> duration() {
    return toldDuration().or(() -> count.map(PacketCount::micros));
  }

  @Override
  public void close() {
    avformat.avformat_close_input(context);
  }

  private Optional<Long> toldDuration() {
    if (stream.duration() != avutil.AV_NOPTS_VALUE && stream.duration() > 0) {
      return Optional.of(micros(stream.duration()));
    }
    boolean guessed = context.duration_estimation_method() == avformat.AVFMT_DURATION_FROM_BITRATE;
    return guessed || context.duration() == avutil.AV_NOPTS_VALUE || context.duration() <= 0
        ? Optional.empty()
        : Optional.of(context.duration());
  }

  private static byte[] beginning(Path file) throws NotAVideoException {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new NotAVideoException("This is not a file; " + Container.ALLOWED);
      }
      try (InputStream in = Files.newInputStream(file)) {
        return in.readNBytes(Container.PROBE_BYTES);
      }
    } catch (NoSuchFileException e) {
      throw new UncheckedIOException("There is no file " + file, e);
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " cannot be read", e);
    }
  }

  private static void set(AVDictionary options, String key, String value) {
    Ffmpeg.require(avutil.av_dict_set(options, key, value, 0), "Setting " + key);
  }
}
