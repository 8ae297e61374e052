package framewise.webrtc.receiver;

import framewise.media.decode.LiveCodec;
import framewise.webrtc.payload.PictureAssembler;
import framewise.webrtc.payload.WholePicture;
import framewise.webrtc.rtp.ArrivalStats;
import framewise.webrtc.rtp.PacketOrder;
import framewise.webrtc.rtp.RtpPacket;
import framewise.webrtc.sdp.VideoTerms;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Turns one video's packets into complete pictures for the decoder. Used by the thread that reads
 * the sockets.
 */
final class IncomingVideo implements AutoCloseable {
  /** A sender that restarts its encoder may change the source; nobody may do so in mid-stream. */
  private static final long SOURCE_SILENCE_NANOS = 1_000_000_000;

  private VideoTerms terms;
  private final PictureDecoder decoder;
  private final PictureSink sink;
  private final EncodedVideoMemory memory;
  private PacketOrder order;
  private ArrivalStats stats = new ArrivalStats();
  private @Nullable PictureAssembler assembler;
  private @Nullable LiveCodec codec;
  private int source;
  private boolean begun;
  private long newestNanos;
  private int type;
  private int rotation;

  /** Whether pictures are useless until a key frame. */
  private boolean awaitsKey = true;

  private boolean wantsKey;
  private final AtomicLong complete = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  IncomingVideo(
      VideoTerms terms, PictureDecoder decoder, PictureSink sink, EncodedVideoMemory memory) {
    this.terms = terms;
    this.decoder = decoder;
    this.sink = sink;
    this.memory = memory;
    this.order = new PacketOrder(terms.resends());
  }

  /**
   * Takes an authentic packet.
   *
   * @param nanos when it arrived
   */
  void take(RtpPacket packet, long nanos) {
    boolean again = terms.resent().containsKey(packet.type());
    if (again && begun) {
      int original = terms.resent().getOrDefault(packet.type(), type);
      packet.original(original, source).ifPresent(one -> add(one, nanos));
    } else if (!again && terms.codecs().containsKey(packet.type()) && isOurs(packet, nanos)) {
      newestNanos = nanos;
      type = packet.type();
      stats.add(packet, nanos);
      add(packet, nanos);
    }
  }

  /** Switches to another video, to other terms for the same one, or to none. */
  void change(VideoTerms next) {
    if (!next.equals(terms)) {
      terms = next;
      begun = false;
      rotation = 0;
      wantsKey = false;
      forget();
    }
  }

  /** Gives up packets that are missing for too long. */
  void expire(long nanos) {
    order.expire(nanos);
    drain(nanos);
  }

  /** Whether packets are missing. */
  boolean isWaiting() {
    return order.isWaiting();
  }

  /** Sequence numbers of packets to request again now. */
  List<Integer> missing(long nanos) {
    return terms.resends() ? order.request(nanos) : List.of();
  }

  /** Whether a key frame is needed to continue, and none is being decoded. */
  boolean wantsKey() {
    if (decoder.takeKeyNeed()) {
      wantsKey = true;
    }
    return wantsKey;
  }

  /** The video's source; empty before its first packet. */
  Optional<Integer> source() {
    return begun ? Optional.of(source) : Optional.empty();
  }

  ArrivalStats stats() {
    return stats;
  }

  /** Complete pictures. Any thread may call it. */
  long complete() {
    return complete.get();
  }

  /** Pictures that were not decoded: too large, behind a gap, or too many. Any thread may. */
  long refused() {
    return refused.get();
  }

  /** Releases its memory; later packets are ignored. */
  @Override
  public void close() {
    memory.close();
  }

  private boolean isOurs(RtpPacket packet, long nanos) {
    if (begun && packet.ssrc() == source) {
      return true;
    }
    VideoTerms.StreamIdentifiers marks = terms.marks();
    if (isMarked(packet, marks.sectionExtension(), marks.section())
        || isMarked(packet, marks.layerExtension(), marks.layer())) {
      return false;
    }
    if (begun && nanos - newestNanos < SOURCE_SILENCE_NANOS) {
      return false;
    }
    source = packet.ssrc();
    begun = true;
    forget();
    return true;
  }

  /** Whether a packet is marked as something else. */
  private static boolean isMarked(RtpPacket packet, int extension, Optional<String> ours) {
    return ours.isPresent()
        && packet.text(extension).filter(mark -> !ours.get().equals(mark)).isPresent();
  }

  /** Forgets all packets so far. */
  private void forget() {
    forgetPackets();
    stats = new ArrivalStats();
    awaitsKey = true;
  }

  private void add(RtpPacket packet, long nanos) {
    order.add(packet, nanos);
    drain(nanos);
    if (!memory.resize(memoryBytes())) {
      refused.incrementAndGet();
      forgetPackets();
      lose();
      boolean _ = memory.resize(memoryBytes());
    }
  }

  private long memoryBytes() {
    long assembling = assembler == null ? 0 : assembler.memoryBytes();
    return order.memoryBytes() + assembling + decoder.queuedBytes();
  }

  private void forgetPackets() {
    order = new PacketOrder(terms.resends());
    assembler = null;
    codec = null;
  }

  private void drain(long nanos) {
    Optional<RtpPacket> next = order.poll();
    while (next.isPresent()) {
      RtpPacket packet = next.get();
      PictureAssembler pictures = assembler(packet.type());
      if (order.wasBroken()) {
        pictures.reset();
        lose();
      }
      packet.extension(terms.orientation(), 1).ifPresent(value -> rotation = 90 * (value & 3));
      long malformed = pictures.malformed();
      pictures.add(packet).forEach(picture -> deliver(picture, nanos));
      if (pictures.malformed() > malformed) {
        refused.incrementAndGet();
        lose();
      }
      next = order.poll();
    }
  }

  private PictureAssembler assembler(int payloadType) {
    LiveCodec wanted = terms.codecs().getOrDefault(payloadType, LiveCodec.VP8);
    PictureAssembler known = assembler;
    if (known != null && codec == wanted) {
      return known;
    }
    PictureAssembler made = PictureAssembler.of(wanted);
    assembler = made;
    codec = wanted;
    awaitsKey = true;
    return made;
  }

  private void deliver(WholePicture picture, long nanos) {
    complete.incrementAndGet();
    if (awaitsKey && !picture.key()) {
      refused.incrementAndGet();
      wantsKey = true;
      return;
    }
    if (picture.size().isPresent() && !sink.admits(picture.size().get())) {
      refused.incrementAndGet();
      awaitsKey = true;
      return;
    }
    LiveCodec of = codec;
    if (of == null || !decoder.offer(new CodedPicture(picture, of, rotation, nanos))) {
      refused.incrementAndGet();
      lose();
      return;
    }
    if (picture.key()) {
      awaitsKey = false;
      wantsKey = false;
    }
  }

  private void lose() {
    awaitsKey = true;
    wantsKey = true;
  }
}
