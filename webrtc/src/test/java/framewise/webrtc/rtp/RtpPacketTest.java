package framewise.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtpPacketTest {
  @Test
  void headerExtensionsInBothFormatsAreFound() {
    // One source, extensions 3 (one byte) and 5 (two bytes) and padding, then the payload.
    byte[] one =
        HexFormat.of()
            .parseHex(
                "91e000070000000100000002" + "00000009" + "bede0002" + "30aa510102000000" + "0102");
    RtpPacket packet = RtpPacket.parse(one).orElseThrow();
    assertThat(packet.marker()).isTrue();
    assertThat(packet.type()).isEqualTo(96);
    assertThat(packet.sequence()).isEqualTo(7);
    assertThat(packet.extension(3, 1)).isEqualTo(OptionalInt.of(0xAA));
    assertThat(packet.extension(5, 2)).isEqualTo(OptionalInt.of(0x0102));
    assertThat(packet.extension(5, 1)).isEmpty();
    assertThat(packet.extension(0, 1)).isEmpty();
    assertThat(packet.payload()).containsExactly(1, 2);
    byte[] two =
        HexFormat.of()
            .parseHex("906000070000000100000002" + "10000002" + "0301aa0502010200" + "0102");
    RtpPacket wide = RtpPacket.parse(two).orElseThrow();
    assertThat(wide.extension(3, 1)).isEqualTo(OptionalInt.of(0xAA));
    assertThat(wide.extension(5, 2)).isEqualTo(OptionalInt.of(0x0102));
  }

  @Test
  void paddingIsRemoved() {
    byte[] padded = HexFormat.of().parseHex("a06000070000000100000002" + "0102" + "00000003");
    assertThat(RtpPacket.parse(padded).orElseThrow().payload()).containsExactly(1, 2, 0);
    byte[] tooMuch = HexFormat.of().parseHex("a06000070000000100000002" + "0102" + "000000ff");
    assertThat(RtpPacket.parse(tooMuch)).isEmpty();
  }

  @Test
  void retransmissionsAreUnwrapped() {
    byte[] again = HexFormat.of().parseHex("80e1000700000001000000ff" + "0105" + "aabb");
    RtpPacket original = RtpPacket.parse(again).orElseThrow().original(96, 2).orElseThrow();
    assertThat(original.sequence()).isEqualTo(0x0105);
    assertThat(original.ssrc()).isEqualTo(2);
    assertThat(original.payload()).containsExactly(0xAA, 0xBB);
  }

  @Test
  void randomBytesAreHarmless() {
    Random random = new Random(20_261_201);
    int read = 0;
    for (int i = 0; i < 300_000; i++) {
      byte[] noise = new byte[random.nextInt(80)];
      random.nextBytes(noise);
      if (noise.length > 0) {
        noise[0] = (byte) (0x80 | (noise[0] & 0x3F));
      }
      var packet = RtpPacket.parse(noise);
      read += packet.isPresent() ? 1 : 0;
      packet.ifPresent(
          one -> {
            for (int id : List.of(1, 3, 14, 200)) {
              var _ = one.extension(id, 1 + id % 2);
            }
            var _ = one.original(96, 1);
          });
      var _ = Rtcp.reportTime(noise, 1);
    }
    assertThat(read).isPositive();
  }
}
