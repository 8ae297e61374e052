package framewise.webrtc.dtls;

import framewise.webrtc.srtp.SrtpKeys;
import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** The side that waits for a handshake. */
final class DtlsServer extends DefaultTlsServer implements DtlsRole {
  private final SrtpAgreement agreement;
  private final PeerFingerprints peer;

  DtlsServer(DtlsIdentity identity, PeerFingerprints peer) {
    this(new LenientCrypto(), identity, peer);
  }

  private DtlsServer(BcTlsCrypto crypto, DtlsIdentity identity, PeerFingerprints peer) {
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

  /** Our certificate is ECDSA's. */
  @Override
  protected int[] getSupportedCipherSuites() {
    return Arrays.copyOf(SrtpAgreement.CIPHERS, 3);
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
  public void processClientExtensions(@SuppressWarnings("rawtypes") Hashtable extensions)
      throws IOException {
    super.processClientExtensions(extensions);
    agreement.choose(extensions);
  }

  @Override
  @SuppressWarnings("unchecked")
  public Hashtable<Integer, byte[]> getServerExtensions() throws IOException {
    Hashtable<Integer, byte[]> extensions = super.getServerExtensions();
    agreement.answer(extensions);
    return extensions;
  }

  @Override
  protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
    return agreement.credentials(context);
  }

  @Override
  public CertificateRequest getCertificateRequest() {
    short[] types = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
    return new CertificateRequest(types, SrtpAgreement.signatures(), null);
  }

  @Override
  public void notifyClientCertificate(Certificate presented) throws IOException {
    peer.require(presented);
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    agreement.complete(context, false);
  }

  @Override
  public void notifyAlertReceived(short level, short description) {
    agreement.alert(level, description);
  }
}
