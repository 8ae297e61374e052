package framewise.webrtc.srtp;

import java.nio.ByteBuffer;

/** Encrypts the RTCP packets that we send. Used by one thread at a time. */
public final class SrtcpSender {
  private static final int HEADER = 8;
  private static final int ENCRYPTED = 1 << 31;

  private final SrtpProfile profile;
  private final PacketCipher cipher;
  private int index;

  public SrtcpSender(SrtpKeys keys) {
    this.profile = keys.profile();
    this.cipher =
        new PacketCipher(profile, SessionKeys.derive(profile, keys.own(), SessionKeys.RTCP));
  }

  /**
   * Encrypts a packet.
   *
   * @param packet one or more RTCP packets, the first with our source
   */
  public byte[] protect(byte[] packet) {
    int number = index++ & ~ENCRYPTED;
    int ssrc = ByteBuffer.wrap(packet).getInt(4);
    byte[] trailer = ByteBuffer.allocate(4).putInt(number | ENCRYPTED).array();
    byte[] body = cipher.encrypt(packet, HEADER, ssrc, number, trailer);
    ByteBuffer out = ByteBuffer.allocate(HEADER + body.length + 4 + profile.tagBytes());
    out.put(packet, 0, HEADER).put(body);
    int signed = out.position();
    out.put(trailer);
    if (profile != SrtpProfile.AEAD_AES_128_GCM) {
      out.put(cipher.tag(out.array(), signed, trailer));
    }
    byte[] sent = new byte[out.position()];
    out.flip().get(sent);
    return sent;
  }
}
