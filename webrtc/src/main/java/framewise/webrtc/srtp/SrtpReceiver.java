package framewise.webrtc.srtp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Checks and decrypts the packets of one remote peer. A packet that is not authentic or came before
 * is refused and changes nothing. Used by one thread at a time.
 */
public final class SrtpReceiver {
  /** Maximum sources of a peer: one video has two, its packets and its retransmissions. */
  private static final int MAX_SOURCES = 16;

  private static final int SEQUENCES = 1 << 16;
  private static final int RTCP_HEADER = 8;
  private static final int ENCRYPTED = 1 << 31;
  private static final byte[] NOTHING = {};

  private final SrtpProfile profile;
  private final PacketCipher media;
  private final PacketCipher control;
  private final Map<Integer, ReplayWindow> sources = new HashMap<>();
  private final Map<Integer, ReplayWindow> controlSources = new HashMap<>();

  public SrtpReceiver(SrtpKeys keys) {
    this.profile = keys.profile();
    this.media =
        new PacketCipher(profile, SessionKeys.derive(profile, keys.remote(), SessionKeys.RTP));
    this.control =
        new PacketCipher(profile, SessionKeys.derive(profile, keys.remote(), SessionKeys.RTCP));
  }

  /**
   * Decrypts an RTP packet.
   *
   * @param packet as received
   * @param header length of its header with sources and extensions; less than the packet's length
   * @return the packet in the clear; empty when it is refused
   */
  public Optional<byte[]> rtp(byte[] packet, int header) {
    boolean gcm = profile == SrtpProfile.AEAD_AES_128_GCM;
    int tag = profile.tagBytes();
    if (packet.length < header + tag) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(packet);
    int sequence = in.getShort(2) & 0xFFFF;
    int ssrc = in.getInt(8);
    ReplayWindow known = sources.get(ssrc);
    if (known == null && sources.size() >= MAX_SOURCES) {
      return Optional.empty();
    }
    ReplayWindow window = known == null ? new ReplayWindow() : known;
    long index = index(window.newest(), sequence);
    if (index < 0 || !window.admits(index)) {
      return Optional.empty();
    }
    int end = gcm ? packet.length : packet.length - tag;
    byte[] roll = gcm ? NOTHING : ByteBuffer.allocate(4).putInt((int) (index / SEQUENCES)).array();
    byte[] sent = gcm ? NOTHING : Arrays.copyOfRange(packet, end, packet.length);
    Optional<byte[]> body = media.decrypt(packet, header, end, ssrc, index, roll, sent);
    if (body.isEmpty()) {
      return Optional.empty();
    }
    window.mark(index);
    sources.putIfAbsent(ssrc, window);
    return Optional.of(joined(packet, header, body.get()));
  }

  /** Decrypts an RTCP packet; empty when it is refused. */
  public Optional<byte[]> rtcp(byte[] packet) {
    boolean gcm = profile == SrtpProfile.AEAD_AES_128_GCM;
    int tag = profile.tagBytes();
    if (packet.length < RTCP_HEADER + tag + Integer.BYTES) {
      return Optional.empty();
    }
    int place = gcm ? packet.length - Integer.BYTES : packet.length - tag - Integer.BYTES;
    ByteBuffer in = ByteBuffer.wrap(packet);
    int word = in.getInt(place);
    int ssrc = in.getInt(4);
    int index = word & ~ENCRYPTED;
    ReplayWindow known = controlSources.get(ssrc);
    if ((word & ENCRYPTED) == 0 || (known == null && controlSources.size() >= MAX_SOURCES)) {
      return Optional.empty();
    }
    ReplayWindow window = known == null ? new ReplayWindow() : known;
    if (!window.admits(index)) {
      return Optional.empty();
    }
    byte[] trailer = Arrays.copyOfRange(packet, place, place + Integer.BYTES);
    byte[] sent = gcm ? NOTHING : Arrays.copyOfRange(packet, place + Integer.BYTES, packet.length);
    Optional<byte[]> body = control.decrypt(packet, RTCP_HEADER, place, ssrc, index, trailer, sent);
    if (body.isEmpty()) {
      return Optional.empty();
    }
    window.mark(index);
    controlSources.putIfAbsent(ssrc, window);
    return Optional.of(joined(packet, RTCP_HEADER, body.get()));
  }

  /** RFC 3711, section 3.3.1: the index with this sequence number that is nearest to the newest. */
  private static long index(long newest, int sequence) {
    if (newest < 0) {
      return sequence;
    }
    long same = newest - newest % SEQUENCES + sequence;
    if (same - newest > SEQUENCES / 2) {
      return same - SEQUENCES;
    }
    return newest - same > SEQUENCES / 2 ? same + SEQUENCES : same;
  }

  private static byte[] joined(byte[] packet, int header, byte[] body) {
    byte[] clear = Arrays.copyOf(packet, header + body.length);
    System.arraycopy(body, 0, clear, header, body.length);
    return clear;
  }
}
