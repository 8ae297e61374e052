package framewise.media.memory;

import java.util.HashSet;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * One decoder's share of the {@link NativeMemory} budget: enough for the pictures that its codec
 * usually keeps, and more if it turns out to keep more. Used by one thread at a time.
 */
public final class DecoderMemory implements AutoCloseable {
  /** Demuxer, packets read ahead, codec tables, scaler. */
  private static final long BASE_BYTES = 6L << 20;

  /** The current picture, the next one and the one being decoded. */
  private static final int PICTURES_IN_HAND = 3;

  /** libaom allocates its own pictures without reporting it; measured per pixel of 4:2:0. */
  private static final long LIBAOM_BYTES_PER_PIXEL = 30;

  private static final int BITS_PER_PIXEL = 12;

  private final NativeMemory.Share share;
  private final Set<Long> buffers = new HashSet<>();
  private long codecBytes;
  private long pictureBytes;
  private long peakBytes;

  /**
   * Reserves what the container's header implies.
   *
   * @throws MemoryExhaustedException when the budget has less left
   */
  public DecoderMemory(AVCodecParameters parameters) {
    long pixels = (long) Math.max(0, parameters.width()) * Math.max(0, parameters.height());
    this.share = NativeMemory.reserve("This video", BASE_BYTES);
    try {
      expect(parameters.codec_id(), pixels, parameters.format(), 1, parameters.video_delay());
    } catch (MemoryExhaustedException e) {
      share.close();
      throw e;
    }
  }

  /** Reserved bytes. */
  public long bytes() {
    return share.bytes();
  }

  /**
   * Reserves memory before the decoder makes a picture.
   *
   * @throws MemoryExhaustedException when the budget has no room for pictures like this
   */
  public void expect(AVCodecContext context, AVFrame picture) {
    long pixels = (long) picture.width() * picture.height();
    expect(context.codec_id(), pixels, picture.format(), context.refs(), context.has_b_frames());
  }

  /**
   * Reserves memory for pictures of this size.
   *
   * @throws MemoryExhaustedException when the budget has no room for them
   */
  public void expect(int codec, long pixels, int format, int references, int delay) {
    long bits = bitsPerPixel(format);
    long each = pixels * bits / 8 + notesBytes(codec, pixels);
    if (each != pictureBytes) {
      // Pictures of another size use other buffers; the old ones are freed meanwhile.
      buffers.clear();
      pictureBytes = each;
      codecBytes =
          codec == avcodec.AV_CODEC_ID_AV1
              ? pixels * LIBAOM_BYTES_PER_PIXEL * bits / BITS_PER_PIXEL
              : 0;
    }
    reserve(pictures(codec, references, delay));
  }

  /**
   * Counts a picture's buffers. The decoder reuses buffers, so only unseen ones add to the total.
   *
   * @throws MemoryExhaustedException when the budget has no room for it
   */
  public void made(AVFrame picture) {
    if (picture.data(0) != null && buffers.add(picture.data(0).address())) {
      reserve(buffers.size());
    }
  }

  @Override
  public void close() {
    share.close();
  }

  private void reserve(int pictures) {
    long needed = BASE_BYTES + codecBytes + pictures * pictureBytes;
    if (needed > peakBytes) {
      share.resize(needed);
      peakBytes = needed;
    }
  }

  /** How many pictures a typical stream of this codec keeps at once. */
  private static int pictures(int codec, int references, int delay) {
    int kept =
        switch (codec) {
          case avcodec.AV_CODEC_ID_H264 -> Math.max(Math.max(1, references), delay);
          case avcodec.AV_CODEC_ID_HEVC -> 2 + delay;
          case avcodec.AV_CODEC_ID_VP8,
              avcodec.AV_CODEC_ID_VP9,
              avcodec.AV_CODEC_ID_THEORA,
              avcodec.AV_CODEC_ID_MPEG4,
              avcodec.AV_CODEC_ID_MPEG1VIDEO,
              avcodec.AV_CODEC_ID_MPEG2VIDEO,
              avcodec.AV_CODEC_ID_H263,
              avcodec.AV_CODEC_ID_MSMPEG4V2,
              avcodec.AV_CODEC_ID_MSMPEG4V3 ->
              2;
          default -> 0;
        };
    return kept + PICTURES_IN_HAND;
  }

  /** Bytes that a codec keeps beside a picture for its blocks and their motion. */
  private static long notesBytes(int codec, long pixels) {
    return switch (codec) {
      case avcodec.AV_CODEC_ID_H264, avcodec.AV_CODEC_ID_HEVC, avcodec.AV_CODEC_ID_VP9 ->
          pixels * 6 / 10;
      default -> pixels / 10;
    };
  }

  /** Bits per pixel; assumes the usual format while the real one is unknown. */
  private static long bitsPerPixel(int format) {
    var described = avutil.av_pix_fmt_desc_get(format);
    if (described == null || described.isNull()) {
      return BITS_PER_PIXEL;
    }
    return Math.max(8, avutil.av_get_padded_bits_per_pixel(described));
  }
}
