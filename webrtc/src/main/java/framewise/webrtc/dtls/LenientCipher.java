package framewise.webrtc.dtls;

import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;
import org.jspecify.annotations.Nullable;

/**
 * Reports every record that can't be decrypted as one with a wrong code, which the library
 * discards: RFC 6347, section 4.1.2.7. Otherwise one record that is too short would end the
 * connection, and anybody who can send from the peer's address writes one. Decrypted messages are
 * {@linkplain HandshakeRecords bounded} as well.
 */
final class LenientCipher implements TlsCipher {
  private final TlsCipher cipher;

  LenientCipher(TlsCipher cipher) {
    this.cipher = cipher;
  }

  @Override
  public TlsDecodeResult decodeCiphertext(
      long number, short type, ProtocolVersion version, byte[] text, int offset, int length)
      throws IOException {
    TlsDecodeResult content;
    try {
      content = cipher.decodeCiphertext(number, type, version, text, offset, length);
    } catch (TlsFatalAlert e) {
      throw discarded(e);
    }
    if (HandshakeRecords.isHandshake(content.contentType)
        && !HandshakeRecords.areBounded(content.buf, content.off, content.len)) {
      throw discarded(null);
    }
    return content;
  }

  private static TlsFatalAlert discarded(@Nullable Throwable cause) {
    return new TlsFatalAlert(AlertDescription.bad_record_mac, cause);
  }

  @Override
  public TlsEncodeResult encodePlaintext(
      long number,
      short type,
      ProtocolVersion version,
      int headerAllocation,
      byte[] plain,
      int offset,
      int length)
      throws IOException {
    return cipher.encodePlaintext(number, type, version, headerAllocation, plain, offset, length);
  }

  @Override
  public int getCiphertextDecodeLimit(int plaintextLimit) {
    return cipher.getCiphertextDecodeLimit(plaintextLimit);
  }

  @Override
  public int getCiphertextEncodeLimit(int plaintextLimit) {
    return cipher.getCiphertextEncodeLimit(plaintextLimit);
  }

  @Override
  public int getPlaintextDecodeLimit(int ciphertextLimit) {
    return cipher.getPlaintextDecodeLimit(ciphertextLimit);
  }

  @Override
  public int getPlaintextEncodeLimit(int ciphertextLimit) {
    return cipher.getPlaintextEncodeLimit(ciphertextLimit);
  }

  @Override
  public void rekeyDecoder() throws IOException {
    cipher.rekeyDecoder();
  }

  @Override
  public void rekeyEncoder() throws IOException {
    cipher.rekeyEncoder();
  }

  @Override
  public boolean usesOpaqueRecordTypeDecode() {
    return cipher.usesOpaqueRecordTypeDecode();
  }

  @Override
  public boolean usesOpaqueRecordTypeEncode() {
    return cipher.usesOpaqueRecordTypeEncode();
  }
}
