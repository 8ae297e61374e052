package framewise.webrtc.srtp;

import java.nio.ByteBuffer;

/** Encrypts RTP packets as a sender does, with the keys of the remote side. */
public final class RtpProtection {
  private final SrtpProfile profile;
  private final PacketCipher cipher;

  public RtpProtection(SrtpKeys keys) {
    this.profile = keys.profile();
    this.cipher =
        new PacketCipher(profile, SessionKeys.derive(profile, keys.remote(), SessionKeys.RTP));
  }

  /**
   * Encrypts a packet.
   *
   * @param header length of the packet's header
   * @param index sequence number with the count of cycles above its 16 bits
   */
  public byte[] protect(byte[] packet, int header, long index) {
    int ssrc = ByteBuffer.wrap(packet).getInt(8);
    byte[] body = cipher.encrypt(packet, header, ssrc, index, new byte[0]);
    byte[] whole =
        ByteBuffer.allocate(header + body.length).put(packet, 0, header).put(body).array();
    if (profile == SrtpProfile.AEAD_AES_128_GCM) {
      return whole;
    }
    byte[] roll = ByteBuffer.allocate(4).putInt((int) (index >> 16)).array();
    byte[] tag = cipher.tag(whole, whole.length, roll);
    return ByteBuffer.allocate(whole.length + tag.length).put(whole).put(tag).array();
  }
}
