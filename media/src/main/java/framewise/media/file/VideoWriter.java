package framewise.media.file;

import framewise.media.Ffmpeg;
import framewise.media.MediaFault;
import framewise.media.picture.Frame;
import framewise.media.picture.Scaler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Writes frames to a video file with a constant frame rate. The file appears under its name only
 * after {@link #finish}; without it, {@link #close} deletes everything. Used by one thread at a
 * time.
 */
public final class VideoWriter implements AutoCloseable {
  private static final Map<String, String> MUXERS =
      Map.of("mp4", "mp4", "mov", "mov", "mkv", "matroska", "webm", "webm", "avi", "avi");

  private final Path target;
  private final Path unfinished;
  private final WriterSettings settings;
  private final AVFormatContext context = new AVFormatContext(null);
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame picture = avutil.av_frame_alloc();
  private final Scaler scaler = new Scaler();
  private final AVRational timeBase;

  private final AVCodecContext encoder;
  private long lastPicture = -1;
  private boolean headerWritten;
  private boolean closed;

  private VideoWriter(Path target, Path unfinished, WriterSettings settings) {
    this.target = target;
    this.unfinished = unfinished;
    this.settings = settings;
    this.timeBase = new AVRational().num(1).den(settings.fps());
    this.encoder =
        avcodec.avcodec_alloc_context3(
            avcodec.avcodec_find_encoder_by_name(settings.codec().encoder()));
  }

  /**
   * Starts a file; the extension, such as {@code .mp4}, selects the container.
   *
   * @throws IllegalArgumentException when the container does not support the codec
   * @throws MediaFault when the file cannot be written or the encoder does not start
   */
  public static VideoWriter create(Path file, WriterSettings settings) {
    String name = file.getFileName().toString();
    String container = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (!settings.codec().containers().contains(container)) {
      throw new IllegalArgumentException(
          "%s can't be written as .%s, only as %s"
              .formatted(settings.codec(), container, settings.codec().containers()));
    }
    Ffmpeg.load();
    VideoWriter writer = new VideoWriter(file, file.resolveSibling("." + name + ".part"), settings);
    try {
      writer.start(MUXERS.getOrDefault(container, container));
    } catch (RuntimeException e) {
      writer.close();
      throw e;
    }
    return writer;
  }

  /**
   * Adds a picture, which the caller still owns. Its time is rounded to the file's frame rate.
   *
   * @throws IllegalArgumentException when it is not later than the previous one
   * @throws MediaFault when it cannot be written, for example because the disk is full
   */
  public void write(Frame frame) {
    requireOpen();
    long number = Math.round(frame.time().seconds() * settings.fps());
    if (number <= lastPicture) {
      throw new IllegalArgumentException(
          "the picture at %s is not later than the one before, at %d pictures a second"
              .formatted(frame.time(), settings.fps()));
    }
    lastPicture = number;
    Ffmpeg.require(avutil.av_frame_make_writable(picture), "Allocating a picture");
    scaler.scale(frame, picture);
    picture.pts(number);
    Ffmpeg.require(avcodec.avcodec_send_frame(encoder, picture), "Encoding a picture");
    writePackets();
  }

  /** Writes the encoder's remaining output and the trailer, and gives the file its name. */
  public void finish() {
    requireOpen();
    Ffmpeg.require(avcodec.avcodec_send_frame(encoder, null), "Ending the video");
    writePackets();
    headerWritten = false;
    Ffmpeg.require(avformat.av_write_trailer(context), "Writing the end of the file");
    free();
    try {
      Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    if (headerWritten) {
      int _ = avformat.av_write_trailer(context); // frees what the header allocated
    }
    free();
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void start(String muxer) {
    Ffmpeg.require(
        avformat.avformat_alloc_output_context2(context, null, muxer, unfinished.toString()),
        "Starting a " + muxer + " file");
    boolean headerApart = (context.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0;
    openEncoder(headerApart);
    AVStream stream = avformat.avformat_new_stream(context, (AVCodec) null);
    Ffmpeg.require(
        avcodec.avcodec_parameters_from_context(stream.codecpar(), encoder),
        "Setting the parameters of the video stream");
    stream.time_base(timeBase).avg_frame_rate(encoder.framerate());
    AVIOContext file = new AVIOContext(null);
    Ffmpeg.require(
        avformat.avio_open(file, "file:" + unfinished.toAbsolutePath(), avformat.AVIO_FLAG_WRITE),
        "Writing " + target.getFileName());
    context.pb(file);
    try (AVDictionary options = new AVDictionary()) {
      if (muxer.equals("mp4") || muxer.equals("mov")) {
        // Puts the index first, so that a browser plays before the whole file has arrived.
        Ffmpeg.require(avutil.av_dict_set(options, "movflags", "+faststart", 0), "Setting up");
      }
      int written = avformat.avformat_write_header(context, options);
      avutil.av_dict_free(options);
      Ffmpeg.require(written, "Writing the start of the file");
    }
    headerWritten = true;
  }

  private void openEncoder(boolean headerApart) {
    VideoCodec codec = settings.codec();
    int colours = settings.height() >= 720 ? avutil.AVCOL_SPC_BT709 : avutil.AVCOL_SPC_SMPTE170M;
    int range = codec.isFullRange() ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG;
    if (codec.isFullRange()) {
      colours = avutil.AVCOL_SPC_SMPTE170M; // JPEG has no other
    }
    picture.width(settings.width()).height(settings.height()).format(codec.pixelFormat());
    picture.colorspace(colours).color_range(range);
    Ffmpeg.require(avutil.av_frame_get_buffer(picture, 0), "Allocating a picture");
    encoder.width(settings.width()).height(settings.height()).pix_fmt(codec.pixelFormat());
    encoder.colorspace(colours).color_range(range);
    encoder.time_base(timeBase);
    encoder.framerate(new AVRational().num(settings.fps()).den(1));
    encoder.gop_size((int) Math.max(1, Math.round(settings.keyFrameEvery() * settings.fps())));
    encoder.max_b_frames(0);
    encoder.thread_count(1); // with more, OpenH264 cuts slices by the clock and the bytes differ
    encoder.bit_rate(settings.bitsPerSecond());
    if (headerApart) {
      encoder.flags(encoder.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    }
    try (AVDictionary options = new AVDictionary()) {
      if (codec == VideoCodec.VP8 || codec == VideoCodec.VP9) {
        Ffmpeg.require(avutil.av_dict_set(options, "deadline", "realtime", 0), "Setting up");
        Ffmpeg.require(avutil.av_dict_set(options, "cpu-used", "6", 0), "Setting up");
      }
      if (codec == VideoCodec.MJPEG) {
        Ffmpeg.require(avutil.av_dict_set(options, "qmin", "2", 0), "Setting up");
      }
      int opened = avcodec.avcodec_open2(encoder, encoder.codec(), options);
      avutil.av_dict_free(options);
      Ffmpeg.require(opened, "Starting the " + codec + " encoder");
    }
  }

  private void writePackets() {
    while (true) {
      int result = avcodec.avcodec_receive_packet(encoder, packet);
      if (result == avutil.AVERROR_EAGAIN() || result == avutil.AVERROR_EOF()) {
        return;
      }
      Ffmpeg.require(result, "Encoding a picture");
      AVStream stream = context.streams(0);
      packet.duration(Math.max(packet.duration(), 1));
      avcodec.av_packet_rescale_ts(packet, timeBase, stream.time_base());
      packet.stream_index(0);
      Ffmpeg.require(avformat.av_interleaved_write_frame(context, packet), "Writing a picture");
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the video is closed");
    }
  }

  private void free() {
    closed = true;
    scaler.close();
    avutil.av_frame_free(picture);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(encoder);
    if (!context.isNull()) {
      AVIOContext file = context.pb();
      if (file != null && !file.isNull()) {
        int _ = avformat.avio_close(file); // the trailer reports a failed flush
      }
      avformat.avformat_free_context(context);
    }
    timeBase.deallocate();
  }
}
