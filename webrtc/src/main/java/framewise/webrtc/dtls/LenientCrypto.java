package framewise.webrtc.dtls;

import java.io.IOException;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** Cryptography whose ciphers {@linkplain LenientCipher ignore invalid records}. */
final class LenientCrypto extends BcTlsCrypto {
  @Override
  public TlsCipher createCipher(TlsCryptoParameters parameters, int encryption, int mac)
      throws IOException {
    return new LenientCipher(super.createCipher(parameters, encryption, mac));
  }
}
