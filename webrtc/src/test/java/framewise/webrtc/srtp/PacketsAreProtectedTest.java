package framewise.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PacketsAreProtectedTest {
  private static final int HEADER = 12;

  /** RFC 3711, appendix B.3. */
  @Test
  void keysAreDerivedAsInTheRfc() {
    var master =
        new SrtpKeys.Master(
            hex("E1F97A0D3E018BE0D64FA32C06DE4139"), hex("0EC675AD498AFEEBB6960B3AABE6"));
    SessionKeys keys =
        SessionKeys.derive(SrtpProfile.AES128_CM_HMAC_SHA1_80, master, SessionKeys.RTP);
    assertThat(keys.encryption()).isEqualTo(hex("C61E7A93744F39EE10734AFE3FF7A087"));
    assertThat(keys.salt()).isEqualTo(hex("30CBBC08863D8C85D49DB34A9AE1"));
    assertThat(keys.authentication()).isEqualTo(hex("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"));
  }

  /** RFC 7714, section 16.1.1. */
  @Test
  void gcmEncryptsAsInTheRfc() {
    byte[] packet =
        hex(
            "8040f17b8041f8d35501a0b2"
                + "47616c6c696120657374206f6d6e697320646976697361"
                + "20696e207061727465732074726573");
    var cipher =
        new PacketCipher(
            SrtpProfile.AEAD_AES_128_GCM,
            new SessionKeys(
                hex("000102030405060708090a0b0c0d0e0f"),
                new byte[20],
                hex("517569642070726f2071756f")));
    byte[] body = cipher.encrypt(packet, HEADER, 0x5501a0b2, 0xf17b, new byte[0]);
    assertThat(body)
        .isEqualTo(
            hex(
                "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b"
                    + "36de3adf8833899d7f27beb16a9152cf765ee4390cce"));
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void authenticPacketsAreTakenOnceAlsoAcrossTheEndOfTheNumbers(SrtpProfile profile) {
    SrtpKeys keys = keys(profile);
    var sender = new RtpProtection(keys);
    var receiver = new SrtpReceiver(keys);
    long first = 65_500;
    for (long index = first; index < first + 200; index++) {
      byte[] clear = packet((int) index);
      byte[] sent = sender.protect(clear, HEADER, index);
      assertThat(receiver.rtp(sent, HEADER)).as("index %d", index).contains(clear);
      assertThat(receiver.rtp(sent, HEADER)).as("a second time").isEmpty();
    }
    byte[] changed = sender.protect(packet(999), HEADER, first + 300);
    changed[HEADER + 1] ^= 1;
    assertThat(receiver.rtp(changed, HEADER)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void controlPacketsComeThroughAndAreTakenOnce(SrtpProfile profile) {
    SrtpKeys keys = keys(profile);
    var sender =
        new SrtcpSender(new SrtpKeys(profile, /* remote= */ keys.own(), /* own= */ keys.remote()));
    var receiver = new SrtpReceiver(keys);
    byte[] clear = hex("81c900070000000100000002000000000000000000000000000000000000000000");
    for (int i = 0; i < 5; i++) {
      byte[] sent = sender.protect(clear);
      assertThat(receiver.rtcp(sent)).contains(clear);
      assertThat(receiver.rtcp(sent)).isEmpty();
      sent[9] ^= 4;
      assertThat(receiver.rtcp(sent)).isEmpty();
    }
  }

  @Test
  void masterKeysAreNeverPrinted() {
    assertThat(keys(SrtpProfile.AEAD_AES_128_GCM).toString()).doesNotContain("[B").contains("***");
  }

  private static SrtpKeys keys(SrtpProfile profile) {
    byte[] key = new byte[profile.keyBytes()];
    byte[] salt = new byte[profile.saltBytes()];
    key[3] = 7;
    salt[5] = 9;
    return new SrtpKeys(
        profile,
        new SrtpKeys.Master(key, salt),
        new SrtpKeys.Master(key.clone(), new byte[profile.saltBytes()]));
  }

  private static byte[] packet(int sequence) {
    return ByteBuffer.allocate(60)
        .put((byte) 0x80)
        .put((byte) 96)
        .putShort((short) sequence)
        .putInt(90_000)
        .putInt(0x1234_5678)
        .putInt(sequence)
        .array();
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
