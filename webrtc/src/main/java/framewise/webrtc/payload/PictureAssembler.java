package framewise.webrtc.payload;

import framewise.media.decode.LiveCodec;
import framewise.webrtc.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts the packets of a video's pictures together. Takes packets in order; a picture that is
 * malformed or too large is dropped as a whole. Used by one thread at a time.
 */
public abstract sealed class PictureAssembler
    permits Av1Assembler, H264Assembler, Vp8Assembler, Vp9Assembler {
  /** Maximum bytes of an encoded picture; a key frame of 4096x4096 has some 2 MB. */
  public static final int MAX_BYTES = 4 << 20;

  /** Maximum packets of a picture. */
  static final int MAX_PACKETS = 8_192;

  private int timestamp;
  private int packets;

  /** Whether the next packet begins a picture. */
  private boolean atStart;

  /** Whether to skip the rest of the current picture. */
  private boolean passing;

  private boolean begun;
  private long malformed;

  /** Makes one for a codec. */
  public static PictureAssembler of(LiveCodec codec) {
    return switch (codec) {
      case VP8 -> new Vp8Assembler();
      case VP9 -> new Vp9Assembler();
      case H264 -> new H264Assembler();
      case AV1 -> new Av1Assembler();
    };
  }

  /** Adds the next packet, and returns the pictures that it completes: none, or up to two. */
  public final List<WholePicture> add(RtpPacket packet) {
    List<WholePicture> complete = new ArrayList<>();
    if (begun && packet.timestamp() != timestamp) {
      // Some senders don't mark a picture's last packet.
      finish().ifPresent(complete::add);
      atStart = true;
    }
    begun = true;
    timestamp = packet.timestamp();
    byte[] payload = packet.payload();
    if (payload.length > 0 && !passing) {
      boolean taken = atStart || packets > 0 || begins(payload);
      if (taken && packets < MAX_PACKETS && append(payload, packets == 0) && size() <= MAX_BYTES) {
        packets++;
        atStart = false;
      } else {
        malformed += taken ? 1 : 0;
        passing = true;
        clear();
      }
    }
    if (packet.marker()) {
      finish().ifPresent(complete::add);
      atStart = true;
    }
    return complete;
  }

  /** Drops the current picture, because packets before the next one are lost. */
  public final void reset() {
    clear();
    packets = 0;
    passing = false;
    atStart = false;
    begun = false;
  }

  /** Pictures dropped because they were malformed or too large. */
  public final long malformed() {
    return malformed;
  }

  /** Bytes of memory that the current picture takes. */
  public abstract long memoryBytes();

  /** Whether a payload is marked as the beginning of a picture. */
  abstract boolean begins(byte[] payload);

  /**
   * Adds a payload to the current picture; false when it is malformed.
   *
   * @param first whether it is the picture's first
   */
  abstract boolean append(byte[] payload, boolean first);

  /** Bytes of the current picture so far. */
  abstract int size();

  /** Takes the current picture; empty when there is none, or it can't be decoded. */
  abstract Optional<WholePicture> take();

  /** Drops the current picture. */
  abstract void clear();

  private Optional<WholePicture> finish() {
    Optional<WholePicture> picture = packets > 0 && !passing ? take() : Optional.empty();
    packets = 0;
    passing = false;
    return picture;
  }
}
