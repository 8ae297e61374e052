package framewise.webrtc.dtls;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.TlsFatalAlert;

/**
 * The hashes of a remote peer's certificate, from its description (RFC 8122). The description came
 * over an authenticated channel, so the hashes prove that the connection is the peer's.
 *
 * @param allowed such as {@code sha-256 0A:1B}, at least one
 */
public record PeerFingerprints(List<String> allowed) {
  private static final Set<String> HASHES =
      Set.of("SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512");

  public PeerFingerprints {
    allowed = List.copyOf(allowed);
  }

  /** Ends the handshake unless the certificate is the peer's. */
  void require(Certificate presented) throws TlsFatalAlert {
    try {
      if (!presented.isEmpty()) {
        byte[] certificate = presented.getCertificateAt(0).getEncoded();
        for (String each : allowed) {
          String hash = each.split(" ", 2)[0].toUpperCase(Locale.ROOT);
          if (HASHES.contains(hash)
              && DtlsIdentity.fingerprint(hash, certificate).equalsIgnoreCase(each)) {
            return;
          }
        }
      }
    } catch (IOException e) {
      throw new TlsFatalAlert(AlertDescription.bad_certificate, e);
    }
    throw new TlsFatalAlert(AlertDescription.bad_certificate);
  }
}
