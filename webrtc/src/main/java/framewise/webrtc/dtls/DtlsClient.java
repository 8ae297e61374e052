package framewise.webrtc.dtls;

import framewise.webrtc.srtp.SrtpKeys;
import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** The side that begins a handshake. */
final class DtlsClient extends DefaultTlsClient implements DtlsRole {
  private final SrtpAgreement agreement;
  private final PeerFingerprints peer;

  DtlsClient(DtlsIdentity identity, PeerFingerprints peer) {
    this(new LenientCrypto(), identity, peer);
  }

  private DtlsClient(BcTlsCrypto crypto, DtlsIdentity identity, PeerFingerprints peer) {
    super(crypto);
    this.agreement = new SrtpAgreement(crypto, identity);
    this.peer = peer;
  }

  @Override
  public SrtpKeys keys() {
    return agreement.keys();
  }

  @Override
  public boolean isOver() {
    return agreement.isOver();
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return SrtpAgreement.versions();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return SrtpAgreement.CIPHERS;
  }

  @Override
  @SuppressWarnings("JdkObsolete") // the library's type
  protected Vector<Integer> getSupportedGroups(@SuppressWarnings("rawtypes") Vector roles) {
    return new Vector<>(List.of(NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.secp384r1));
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return SrtpAgreement.HANDSHAKE_MILLIS;
  }

  @Override
  public int getHandshakeResendTimeMillis() {
    return SrtpAgreement.RESEND_MILLIS;
  }

  @Override
  @SuppressWarnings("unchecked")
  public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
    Hashtable<Integer, byte[]> extensions = super.getClientExtensions();
    SrtpAgreement.offer(extensions);
    return extensions;
  }

  @Override
  public void processServerExtensions(@SuppressWarnings("rawtypes") Hashtable extensions)
      throws IOException {
    super.processServerExtensions(extensions);
    agreement.chosen(extensions);
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate presented) throws IOException {
        peer.require(presented.getCertificate());
      }

      @Override
      public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
        return agreement.credentials(context);
      }
    };
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    agreement.complete(context, true);
  }

  @Override
  public void notifyAlertReceived(short level, short description) {
    agreement.alert(level, description);
  }
}
