package framewise.media.decode;

import framewise.media.Ffmpeg;
import framewise.media.MediaFault;
import framewise.media.MediaTime;
import framewise.media.NotAVideoException;
import framewise.media.memory.MemoryExhaustedException;
import framewise.media.picture.Frame;
import framewise.media.picture.ReceivedPicture;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Decodes video that arrives picture by picture, without a container. Each picture is returned as
 * soon as it is complete. Used by one thread at a time.
 */
public final class LiveDecoder implements AutoCloseable {
  private final LiveCodec codec;
  private final Decoder decoder;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame work = avutil.av_frame_alloc();

  /** A decoded picture, which its owner closes once. Used by one thread at a time. */
  public static final class DecodedPicture implements AutoCloseable {
    private final PictureHolder held = new PictureHolder();
    private final int codec;

    private DecodedPicture(AVFrame picture, int codec) {
      held.take(picture, 0);
      this.codec = codec;
    }

    /** Width in pixels, as coded. */
    public int width() {
      return held.frame().width();
    }

    /** Height in pixels, as coded. */
    public int height() {
      return held.frame().height();
    }

    /**
     * Makes an upright frame in I420, which the caller closes.
     *
     * @param clockwise rotation that makes the picture upright: 0, 90, 180 or 270 degrees
     */
    public Frame frame(int clockwise, MediaTime time) {
      return ReceivedPicture.frame(held.frame(), clockwise, codec, time);
    }

    @Override
    public void close() {
      held.close();
    }
  }

  private LiveDecoder(LiveCodec codec, Decoder decoder) {
    this.codec = codec;
    this.decoder = decoder;
  }

  /**
   * Opens a decoder.
   *
   * @param maxSide maximum pixels a side as coded; larger pictures are refused before their memory
   *     is allocated
   * @throws MemoryExhaustedException when the memory budget has no room for it
   */
  public static LiveDecoder open(LiveCodec codec, int maxSide) {
    Ffmpeg.load();
    try {
      return new LiveDecoder(codec, Decoder.openLive(codec.number(), maxSide));
    } catch (NotAVideoException e) {
      throw new MediaFault("The decoder of " + codec + " failed to open: " + e.getMessage());
    }
  }

  /** The codec that it was opened for. */
  public LiveCodec codec() {
    return codec;
  }

  /**
   * Decodes one encoded picture.
   *
   * @param bytes the encoded picture; more than one only if all but the last are to be skipped
   * @return the newest picture that is complete, which the caller closes; empty when there is none
   * @throws MemoryExhaustedException when the memory budget has no room for its pictures
   */
  public Optional<DecodedPicture> decode(byte[] bytes) {
    Ffmpeg.require(avcodec.av_new_packet(packet, bytes.length), "Allocating a packet");
    try {
      packet.data().put(bytes);
      decoder.send(packet, true);
    } finally {
      avcodec.av_packet_unref(packet);
    }
    Optional<DecodedPicture> newest = Optional.empty();
    while (decoder.receive(work)) {
      newest.ifPresent(DecodedPicture::close);
      newest = Optional.of(new DecodedPicture(work, codec.number()));
    }
    return newest;
  }

  /** Packets that failed to decode plus pictures that came out broken. */
  public long damaged() {
    return decoder.damaged();
  }

  /** Bytes of the memory budget that it holds. */
  public long reservedBytes() {
    return decoder.reservedBytes();
  }

  @Override
  public void close() {
    decoder.close();
    avutil.av_frame_free(work);
    avcodec.av_packet_free(packet);
  }
}
