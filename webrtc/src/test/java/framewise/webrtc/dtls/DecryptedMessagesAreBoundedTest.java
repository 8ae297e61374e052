package framewise.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecryptedMessagesAreBoundedTest {
  @ParameterizedTest
  @CsvSource({"22, 16384, true", "22, 16385, false", "22, 16777215, false", "23, 16777215, true"})
  void messagesOfAHandshakeOnly(short type, int length, boolean accepted) throws Exception {
    byte[] fragment = ByteBuffer.allocate(12).putInt((20 << 24) | length).array();
    var content = new TlsDecodeResult(fragment, 0, fragment.length, type);
    TlsCipher cipher = new LenientCipher(decoding(content));
    if (accepted) {
      assertThat(decode(cipher)).isSameAs(content);
    } else {
      assertThatThrownBy(() -> decode(cipher))
          .isInstanceOfSatisfying(
              TlsFatalAlert.class,
              e -> assertThat(e.getAlertDescription()).isEqualTo(AlertDescription.bad_record_mac));
    }
  }

  /** Checks the second of two fragments in one record. */
  @Test
  void eachFragmentOfARecord() {
    byte[] two =
        ByteBuffer.allocate(32)
            .put(new byte[] {20, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 8})
            .put(new byte[8])
            .put(new byte[] {20, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0})
            .array();
    assertThat(HandshakeRecords.areBounded(two, 0, 32)).isFalse();
    assertThat(HandshakeRecords.areBounded(two, 0, 20)).isTrue();
  }

  private static TlsDecodeResult decode(TlsCipher cipher) throws Exception {
    return cipher.decodeCiphertext(
        1, ContentType.handshake, ProtocolVersion.DTLSv12, new byte[40], 0, 40);
  }

  private static TlsCipher decoding(TlsDecodeResult content) {
    return (TlsCipher)
        Proxy.newProxyInstance(
            TlsCipher.class.getClassLoader(),
            new Class<?>[] {TlsCipher.class},
            (proxy, method, arguments) -> content);
  }
}
