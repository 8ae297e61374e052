package framewise.media.decode;

import framewise.media.Ffmpeg;
import framewise.media.NotAVideoException;
import framewise.media.memory.DecoderMemory;
import framewise.media.memory.MemoryExhaustedException;
import framewise.media.picture.JpegScans;
import framewise.media.picture.PictureLimits;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** A video decoder: takes packets and returns pictures in display order. */
public final class Decoder implements AutoCloseable {
  private static final int EAGAIN = avutil.AVERROR_EAGAIN();

  private final AVCodecContext context;
  private final DecoderMemory memory;
  private final int maxSide;
  private final AVFrame stale = avutil.av_frame_alloc();

  /** Only for AV1. */
  private final @Nullable Av1Size ahead;

  private @Nullable MemoryExhaustedException refused;
  private boolean draining;
  private long damaged;
  private long decoded;

  private Decoder(AVCodecContext context, DecoderMemory memory, int maxSide) {
    this.context = context;
    this.memory = memory;
    this.maxSide = maxSide;
    this.ahead = context.codec_id() == avcodec.AV_CODEC_ID_AV1 ? sizes(context) : null;
    PictureBuffers.watch(context, this);
  }

  /**
   * Opens a decoder.
   *
   * @throws NotAVideoException when FFmpeg cannot decode what the container says it holds
   * @throws MemoryExhaustedException when the memory budget has no room for its pictures
   */
  public static Decoder open(AVCodecParameters parameters, AVRational packetTimeBase)
      throws NotAVideoException {
    return open(parameters, packetTimeBase, 0, Integer.MAX_VALUE);
  }

  /**
   * Opens a decoder for packets that come without a container: it returns each picture as soon as
   * it has its packet, and refuses larger ones before it allocates them.
   *
   * @param codec FFmpeg's number of a codec
   * @param maxSide maximum pixels a side as coded
   * @throws NotAVideoException when FFmpeg lacks the codec
   * @throws MemoryExhaustedException when the memory budget has no room for it
   */
  public static Decoder openLive(int codec, int maxSide) throws NotAVideoException {
    AVCodecParameters parameters = avcodec.avcodec_parameters_alloc();
    try {
      parameters.codec_type(avutil.AVMEDIA_TYPE_VIDEO).codec_id(codec);
      AVRational microseconds = new AVRational().num(1).den(1_000_000);
      return open(parameters, microseconds, avcodec.AV_CODEC_FLAG_LOW_DELAY, maxSide);
    } finally {
      avcodec.avcodec_parameters_free(parameters);
    }
  }

  private static Decoder open(
      AVCodecParameters parameters, AVRational packetTimeBase, int flags, int maxSide)
      throws NotAVideoException {
    AVCodec codec = VideoCodecs.decoder(parameters.codec_id()).orElseThrow();
    DecoderMemory memory = new DecoderMemory(parameters);
    AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
    int result = avcodec.avcodec_parameters_to_context(context, parameters);
    if (result >= 0) {
      context.pkt_timebase(packetTimeBase);
      context.flags(context.flags() | flags);
      context.max_pixels(PictureLimits.MAX_PIXELS);
      // More threads decode one video sooner but use more CPU and hold back one picture per thread.
      // Here many videos share the cores, and few of their pictures are needed.
      context.thread_count(1);
      result = avcodec.avcodec_open2(context, codec, (AVDictionary) null);
    }
    if (result < 0) {
      avcodec.avcodec_free_context(context);
      memory.close();
      throw new NotAVideoException(
          "The video (%s) cannot be decoded: %s."
              .formatted(VideoCodecs.name(parameters.codec_id()), Ffmpeg.reason(result)));
    }
    return new Decoder(context, memory, maxSide);
  }

  /** Whether the memory budget has room for a picture that is about to be decoded. */
  boolean admits(AVFrame picture) {
    return picture.width() <= maxSide
        && picture.height() <= maxSide
        && admits(() -> memory.expect(context, picture));
  }

  /** Counts a picture's newly allocated memory; false when it exceeds the budget. */
  boolean made(AVFrame picture) {
    return admits(() -> memory.made(picture));
  }

  /** Bytes of the memory budget that the decoder holds. */
  public long reservedBytes() {
    return memory.bytes();
  }

  /** Packets that failed to decode plus pictures that came out broken. */
  public long damaged() {
    return damaged;
  }

  /** Pictures decoded since opening. */
  public long decoded() {
    return decoded;
  }

  /**
   * Gives the decoder a packet; allowed only after {@link #receive} asked for one.
   *
   * @param needed whether the packet's own picture is needed, or only as a reference for others
   * @throws MemoryExhaustedException when the memory budget has no room for its picture
   */
  public void send(AVPacket packet, boolean needed) {
    if (!fits(packet) || endless(packet)) {
      damaged++;
      return;
    }
    context.skip_frame(needed ? avcodec.AVDISCARD_DEFAULT : avcodec.AVDISCARD_NONREF);
    int result = avcodec.avcodec_send_packet(context, packet);
    requireMemory();
    if (result < 0) {
      damaged++;
    }
  }

  /** Ends the input; the pictures that the decoder still holds come out. */
  public void drain() {
    draining = true;
    context.skip_frame(avcodec.AVDISCARD_DEFAULT);
    int _ = avcodec.avcodec_send_packet(context, null); // fails only if it was sent before
  }

  /** Whether it is {@linkplain #drain drained}; a {@link #reset} makes it take packets again. */
  public boolean draining() {
    return draining;
  }

  /** Discards all state before packets from another position, which start with a key frame. */
  public void reset() {
    // FFmpeg's HEVC decoder keeps finished pictures across a flush, and would return them as if
    // they belonged to the new position: 8/30 s apart, picture 63 came for 96.
    while (avcodec.avcodec_receive_frame(context, stale) >= 0) {
      avutil.av_frame_unref(stale);
    }
    avcodec.avcodec_flush_buffers(context);
    draining = false;
  }

  /**
   * Writes the next picture into {@code frame}; false when it needs a packet first or has no more.
   *
   * @throws MemoryExhaustedException when the memory budget has no room for the next picture
   */
  public boolean receive(AVFrame frame) {
    while (true) {
      int result = avcodec.avcodec_receive_frame(context, frame);
      requireMemory();
      if (result == EAGAIN || result == avutil.AVERROR_EOF()) {
        return false;
      }
      boolean broken =
          result < 0
              || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0
              || frame.decode_error_flags() != 0;
      if (!broken) {
        decoded++;
        return true;
      }
      damaged++;
      if (result < 0) {
        return false;
      }
      avutil.av_frame_unref(frame);
    }
  }

  @Override
  public void close() {
    PictureBuffers.forget(context);
    avcodec.avcodec_free_context(context);
    avutil.av_frame_free(stale);
    memory.close();
  }

  private static Av1Size sizes(AVCodecContext context) {
    Av1Size sizes = new Av1Size();
    sizes.readRecord(bytes(context.extradata(), context.extradata_size()));
    return sizes;
  }

  private static byte[] bytes(@Nullable BytePointer data, int size) {
    if (data == null || data.isNull()) {
      return new byte[0];
    }
    byte[] bytes = new byte[size];
    data.get(bytes);
    return bytes;
  }

  /**
   * Whether the limits and the budget allow the packet's pictures; for a codec whose decoder
   * allocates without a callback.
   */
  private boolean fits(AVPacket packet) {
    if (ahead == null) {
      return true;
    }
    Optional<Av1Size.Limits> limits = ahead.of(bytes(packet.data(), packet.size()));
    if (limits.isEmpty()) {
      return false;
    }
    int width = limits.get().width();
    int height = limits.get().height();
    long pixels = (long) width * height;
    if (width > maxSide || height > maxSide || pixels > PictureLimits.MAX_PIXELS) {
      return false;
    }
    if (pixels > 0) {
      memory.expect(context.codec_id(), pixels, context.pix_fmt(), 1, 0);
    }
    return true;
  }

  /** Whether the packet is a JPEG that takes the decoder minutes. */
  private boolean endless(AVPacket packet) {
    return context.codec_id() == avcodec.AV_CODEC_ID_MJPEG
        && packet.size() > 0
        && JpegScans.tooMany(packet.data().capacity(packet.size()).asByteBuffer());
  }

  private boolean admits(Runnable reservation) {
    try {
      reservation.run();
      return true;
    } catch (MemoryExhaustedException e) {
      refused = e; // thrown once the native call returns
      return false;
    }
  }

  private void requireMemory() {
    MemoryExhaustedException why = refused;
    if (why != null) {
      refused = null;
      throw why;
    }
  }
}
