package framewise.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StunMessageTest {
  /** The sample request of RFC 5769, section 2.1. */
  private static final byte[] REQUEST =
      HexFormat.of()
          .parseHex(
              "000100582112a442b7e7a701bc34d686fa87dfae"
                  + "802200105354554e207465737420636c69656e74"
                  + "002400046e0001ff"
                  + "80290008932ff9b151263b36"
                  + "000600096576746a3a68367659202020"
                  + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
                  + "80280004e57a3bcf");

  private static final byte[] KEY = bytes("VOkJxbRl1RmTxUk/WvJxBt");

  @Test
  void theExampleOfTheRfcIsRead() {
    StunMessage message = StunMessage.parse(ByteBuffer.wrap(REQUEST)).orElseThrow();
    assertThat(message.type()).isEqualTo(StunMessage.BINDING_REQUEST);
    assertThat(message.text(StunMessage.USERNAME)).isEqualTo("evtj:h6vY");
    assertThat(message.has(StunMessage.ICE_CONTROLLED)).isTrue();
    assertThat(message.isFrom(KEY)).isTrue();
    assertThat(message.isFrom(bytes("another"))).isFalse();
  }

  @Test
  void changedBitsAreDetected() {
    for (int bit = 0; bit < REQUEST.length * 8; bit++) {
      byte[] changed = REQUEST.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(StunMessage.parse(ByteBuffer.wrap(changed)).filter(one -> one.isFrom(KEY)))
          .as("bit %d", bit)
          .isEmpty();
    }
  }

  @Test
  void ourResponsesAreReadable() throws Exception {
    StunMessage request = StunMessage.parse(ByteBuffer.wrap(REQUEST)).orElseThrow();
    var from = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 32_853);
    StunMessage response =
        StunMessage.parse(ByteBuffer.wrap(request.success(from, KEY))).orElseThrow();
    assertThat(response.isFrom(KEY)).isTrue();
    assertThat(response.transaction()).isEqualTo(request.transaction());
    // The sample response of RFC 5769, section 2.2, has the same address and transaction.
    assertThat(response.attributes().get(StunMessage.XOR_MAPPED_ADDRESS))
        .isEqualTo(HexFormat.of().parseHex("0001a147e112a643"));
    assertThat(StunMessage.parse(ByteBuffer.wrap(request.error(487, "Role Conflict", KEY))))
        .hasValueSatisfying(error -> assertThat(error.type()).isEqualTo(StunMessage.BINDING_ERROR));
  }

  @Test
  void otherPacketsAreIgnored() {
    Random random = new Random(20_261_201);
    for (int i = 0; i < 200_000; i++) {
      byte[] noise = new byte[random.nextInt(160)];
      random.nextBytes(noise);
      if (i % 2 == 0) {
        System.arraycopy(REQUEST, 0, noise, 0, Math.min(noise.length, 20 + random.nextInt(40)));
      }
      assertThat(StunMessage.parse(ByteBuffer.wrap(noise)).filter(one -> one.isFrom(KEY)))
          .isEmpty();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
