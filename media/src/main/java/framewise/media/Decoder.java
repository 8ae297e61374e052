package framewise.media;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** One video decoder: packets in, pictures out in the order in which they are shown. */
final class Decoder implements AutoCloseable {
  private static final int EAGAIN = avutil.AVERROR_EAGAIN();

  private final AVCodecContext context;
  private boolean draining;
  private long damaged;
  private long decoded;

  private Decoder(AVCodecContext context) {
    this.context = context;
  }

  static Decoder open(AVCodecParameters parameters, AVRational packetTimeBase)
      throws NotAVideoException {
    AVCodec codec = VideoCodecs.decoder(parameters.codec_id()).orElseThrow();
    AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
    int result = avcodec.avcodec_parameters_to_context(context, parameters);
    if (result >= 0) {
      context.pkt_timebase(packetTimeBase);
      context.max_pixels(Limits.MAX_PIXELS);
      // Several threads decode one video sooner but spend more CPU on it, and hold back as many
      // pictures as there are threads; here many videos share the cores and few pictures are
      // wanted.
      context.thread_count(1);
      result = avcodec.avcodec_open2(context, codec, (AVDictionary) null);
    }
    if (result < 0) {
      avcodec.avcodec_free_context(context);
      throw new NotAVideoException(
          "The video (%s) cannot be decoded: %s."
              .formatted(VideoCodecs.name(parameters.codec_id()), Ffmpeg.reason(result)));
    }
    return new Decoder(context);
  }

  /** Packets that did not decode and pictures that came out broken. */
  long damaged() {
    return damaged;
  }

  /** Pictures that came out since it was opened. */
  long decoded() {
    return decoded;
  }

  /**
   * Gives the decoder a packet; {@link #receive} must have said that it wants one.
   *
   * @param needed whether the packet's own picture is wanted, not only what others borrow from it
   */
  void send(AVPacket packet, boolean needed) {
    context.skip_frame(needed ? avcodec.AVDISCARD_DEFAULT : avcodec.AVDISCARD_NONREF);
    if (avcodec.avcodec_send_packet(context, packet) < 0) {
      damaged++;
    }
  }

  /** No more packets: what the decoder still holds comes out. */
  void drain() {
    draining = true;
    context.skip_frame(avcodec.AVDISCARD_DEFAULT);
    int _ = avcodec.avcodec_send_packet(context, null); // refused only when it was told before
  }

  /** Whether it is {@linkplain #drain drained}; a {@link #reset} makes it take packets again. */
  boolean draining() {
    return draining;
  }

  /**
   * Forgets everything, for packets from another place of the file, which start with a key frame.
   */
  void reset() {
    avcodec.avcodec_flush_buffers(context);
    draining = false;
  }

  /**
   * Puts the next picture into {@code frame}; false when it needs a packet first or has no more.
   */
  boolean receive(AVFrame frame) {
    while (true) {
      int result = avcodec.avcodec_receive_frame(context, frame);
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
    avcodec.avcodec_free_context(context);
  }
}
