package framewise.media.file;

import framewise.media.Ffmpeg;
import framewise.media.NotAVideoException;
import framewise.media.decode.Container;
import framewise.media.decode.DeclaredLength;
import framewise.media.decode.StreamChoice;
import framewise.media.decode.StreamProbe;
import framewise.media.decode.VideoCodecs;
import framewise.media.picture.Colours;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
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
 * An open container with one selected video stream. Times are in the stream's own units. Used by
 * one thread at a time.
 */
final class VideoFile implements AutoCloseable {
  /** How much of a file FFmpeg reads to identify its streams. */
  private static final long MAX_PROBE_BYTES = 8L << 20;

  private static final long MAX_PROBE_MICROS = 3_000_000;

  private static final double MAX_FPS = 1000;
  private static final double DEFAULT_FPS = 25;

  private static final int CLUSTER_ID_BYTES = 4;

  /**
   * Earlier than any start: a year before zero. FFmpeg calculates with it, so it must not be
   * larger.
   */
  private static final long LONG_AGO_MICROS = 365 * 86_400_000_000L;

  /** After this many failed reads in a row, the file counts as ended. */
  private static final int MAX_READ_FAILURES = 100;

  private final Container container;
  private final AVFormatContext context;
  private final AVStream stream;
  private final AVRational timeBase;
  private final Colours colours;
  private final Optional<PacketCount> count;
  private final FileEnd end;
  private final Optional<TruncationPoint> tear;
  private long damagedReads;

  private VideoFile(
      Container container,
      AVFormatContext context,
      AVStream stream,
      Colours colours,
      FileEnd end,
      long firstCluster)
      throws NotAVideoException {
    this.container = container;
    this.context = context;
    this.stream = stream;
    this.timeBase = stream.time_base();
    this.colours = colours;
    if (!indexHasDecodingTimes()) {
      completeIndex(firstCluster);
    }
    this.count = declaredDuration().isPresent() ? Optional.empty() : PacketCount.of(this);
    this.end = end;
    this.tear = findTear();
  }

  static VideoFile open(Path file) throws NotAVideoException {
    byte[] start = beginning(file);
    Ffmpeg.load();
    Container container = Container.of(start);
    FileEnd end = end(file, container);
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
        requireIndex(container, end);
        throw new NotAVideoException(
            "The %s file cannot be read: %s. Its header is damaged or missing; %s"
                .formatted(container.label(), Ffmpeg.reason(opened), Container.ALLOWED));
      }
    }
    try {
      // Matroska's demuxer has read up to the first cluster's identifier.
      long firstCluster = avformat.avio_tell(context.pb()) - CLUSTER_ID_BYTES;
      AVStream video = StreamChoice.of(container, context);
      Colours colours = Colours.of(video.codecpar());
      // Only the start of the sound matters; the rest is not read.
      DeclaredLength.audioStreams(context)
          .forEach(sound -> sound.discard(avcodec.AVDISCARD_DEFAULT));
      int probed = StreamProbe.run(context);
      DeclaredLength.audioStreams(context).forEach(sound -> sound.discard(avcodec.AVDISCARD_ALL));
      if (probed < 0) {
        throw new NotAVideoException(
            "The %s file is damaged: %s.".formatted(container.label(), Ffmpeg.reason(probed)));
      }
      return new VideoFile(container, context, video, colours, end, firstCluster);
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

  /** The container's colours. */
  Colours colours() {
    return colours;
  }

  /** Where the file is truncated, if it is shorter than its container declares. */
  Optional<TruncationPoint> tear() {
    return tear;
  }

  /**
   * When the video ends, or ended before it was truncated, in microseconds, as the file declares
   * it.
   */
  Optional<Long> wholeDuration() {
    return Stream.concat(declaredDuration().stream(), Stream.of(end.declaredMicros()))
        .filter(micros -> micros > 0)
        .max(Comparator.naturalOrder());
  }

  /** Whether the file has sound. */
  boolean hasSound() {
    return DeclaredLength.audioStreams(context).findAny().isPresent();
  }

  /** Whether the index lists key frames by decoding time rather than display time. */
  boolean indexHasDecodingTimes() {
    return !container.demuxer().equals("matroska");
  }

  /** Failed reads in the middle of the file since it was opened. */
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

  /** Seeks to the last key frame whose packet lies at or before the given time. */
  boolean seek(long time) {
    return avformat.av_seek_frame(context, stream.index(), time, avformat.AVSEEK_FLAG_BACKWARD)
        >= 0;
  }

  /** Seeks to the start of the video; false when damage prevents it. */
  boolean rewind() {
    return seek(-length(LONG_AGO_MICROS))
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
    return DeclaredLength.micros(time, timeBase);
  }

  /** The last time in the stream's units that rounds to the given microsecond or an earlier one. */
  long units(long micros) {
    return avutil.av_rescale_rnd(
        2 * micros + 1, timeBase.den(), 2_000_000L * timeBase.num(), avutil.AV_ROUND_DOWN);
  }

  /** Converts a duration to the stream's units, rounded down. */
  long length(long micros) {
    return avutil.av_rescale_rnd(
        micros, timeBase.den(), 1_000_000L * timeBase.num(), avutil.AV_ROUND_DOWN);
  }

  /** Average pictures per second, greater than 0, as far as the container declares it. */
  double fps() {
    double counted = count.map(PacketCount::fps).orElse(0.0);
    double average = avutil.av_q2d(stream.avg_frame_rate());
    double lowest = avutil.av_q2d(stream.r_frame_rate());
    return DoubleStream.of(counted, average, lowest)
        .filter(fps -> fps > 0 && fps < MAX_FPS)
        .findFirst()
        .orElse(DEFAULT_FPS);
  }

  /** Average display time of a picture. */
  long frameDuration() {
    return Math.max(1, units(Math.round(1_000_000 / fps())));
  }

  /**
   * When the video ends on the player's clock, in microseconds, as declared by the container or
   * else counted: sound may begin before the pictures and continue after them.
   */
  Optional<Long> duration() {
    return (tear.isPresent() ? wholeDuration() : declaredDuration())
        .or(() -> count.map(PacketCount::endMicros));
  }

  /**
   * Where a player starts, in microseconds on its clock, which is the container's own: at 0, or
   * later if neither picture nor sound exists at 0.
   */
  long start() {
    return Stream.concat(Stream.of(stream), DeclaredLength.audioStreams(context))
        .filter(one -> one.start_time() != avutil.AV_NOPTS_VALUE)
        .map(one -> Math.max(0, DeclaredLength.micros(one.start_time(), one.time_base())))
        .min(Comparator.naturalOrder())
        .orElse(0L);
  }

  @Override
  public void close() {
    avformat.avformat_close_input(context);
  }

  /**
   * When the video ends, in the browsers' interpretation, in microseconds, as the file declares it.
   */
  Optional<Long> declaredDuration() {
    return DeclaredLength.of(context, stream);
  }

  /**
   * Completes Matroska's index, which is read at the first seek and used for later ones. It may
   * lack the first pictures if these lie before zero; without them, seeking to the start would
   * fail.
   */
  private void completeIndex(long firstCluster) {
    boolean _ = rewind();
    long first = stream.start_time();
    AVIndexEntry indexed = avformat.avformat_index_get_entry(stream, 0);
    boolean lacking = indexed != null && !indexed.isNull() && indexed.timestamp() > first;
    if (lacking && first != avutil.AV_NOPTS_VALUE) {
      int added =
          avformat.av_add_index_entry(
              stream, firstCluster, first, 0, 0, AVIndexEntry.AVINDEX_KEYFRAME);
      boolean _ = added >= 0 && rewind();
    }
  }

  private Optional<TruncationPoint> findTear() {
    // A recorder that left the file open declares too much in the outermost box.
    TruncationPoint tear =
        container.demuxer().equals("mov")
            ? TruncationPoint.of(stream, end.bytes())
            : TruncationPoint.UNPLACED;
    return end.isCutOff() || tear.from().isPresent() ? Optional.of(tear) : Optional.empty();
  }

  private static FileEnd end(Path file, Container container) {
    try {
      return FileEnd.of(file, container);
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " cannot be read", e);
    }
  }

  private static void requireIndex(Container container, FileEnd end) throws NotAVideoException {
    if (!end.hasIndex()) {
      throw new NotAVideoException(
          end.isCutOff()
              ? ("The %s file is cut off: it has %,d of at least %,d bytes, and the index at"
                      + " its end is missing. Upload the complete file.")
                  .formatted(container.label(), end.bytes(), end.declaredBytes())
              : ("The %s file has no index: its recording did not finish, or its end is"
                      + " missing. Upload a complete file.")
                  .formatted(container.label()));
    }
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
