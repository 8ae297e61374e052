package framewise.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PacketsAreProtectedTest {
  private static final int HEADER = 12;

  /** RFC 3711, appendix B.3. */
  @Test
  void keyDerivationMatchesTheRfc() {
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
  void gcmMatchesTheRfc() {
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

  /**
   * Made with libsrtp 2 (pylibsrtp): the last packet before the sequence numbers wrap around, the
   * first one after it, and a sender report.
   */
  @ParameterizedTest
  @CsvSource({
    "AES128_CM_HMAC_SHA1_80,"
        + "094166b9fc9237ca2d0143aa78d0cee9f25424da89c62a1863592afca2a3d47f786816c874728f1d"
        + "d6ac197398764518d2aa,"
        + "6ecccdd5e287350609855e4d087dfc3fd4ef67c375013f351cbd44ddee668d71a10bb03daa9045e4"
        + "8602e637e5178d96b6b4,"
        + "470752094b6928605477c522e363349dc07d153e80000001678bd9dc860efdae2d09",
    "AEAD_AES_128_GCM,"
        + "4acd6ffc08ab111763c329198e2ece96c1ffca9fe517120e391d20e7f60a5e38a69a6d24c8cb3bc8"
        + "df1f3de68425e405908bb5a5c6a2d267,"
        + "b849015279a71a2ecce4abb850b8b57ee46fb3442bb71dcd43c6db0b202531a69454bea78606a162"
        + "58ea1167050bb9601ad4e8b30c9a7697,"
        + "3a8e224bce1c3483884efb3708e9cc282a0f29700c228e3b9a86d7055a53fd956664e23a80000001"
  })
  void packetsOfAnotherImplementationAreRead(
      SrtpProfile profile, String last, String first, String report) {
    byte[] salt = hex("6465666768696a6b6c6d6e6f7071");
    var master =
        new SrtpKeys.Master(
            hex("000102030405060708090a0b0c0d0e0f"), Arrays.copyOf(salt, profile.saltBytes()));
    var receiver = new SrtpReceiver(new SrtpKeys(profile, /* remote= */ master, /* own= */ master));
    String header = "000186a0deadbeef" + "bede000131aa5500";
    String clear =
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f2021222324252627";
    assertThat(receiver.rtp(hex("90e0ffff" + header + last), 20))
        .contains(hex("90e0ffff" + header + clear));
    assertThat(receiver.rtp(hex("90e00000" + header + first), 20))
        .contains(hex("90e00000" + header + clear));
    assertThat(receiver.rtcp(hex("80c80006deadbeef" + report)))
        .contains(hex("80c80006deadbeef" + "0102030405060708090a0b0c0d0e0f1011121314"));
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void packetsAreAcceptedOnceAcrossTheWraparound(SrtpProfile profile) {
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
  void controlPacketsAreAcceptedOnce(SrtpProfile profile) {
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
