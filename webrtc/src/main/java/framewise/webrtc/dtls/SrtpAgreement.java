package framewise.webrtc.dtls;

import framewise.webrtc.srtp.SrtpKeys;
import framewise.webrtc.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import java.util.stream.Stream;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * The SRTP profile and the keys that both sides of a handshake agree on. Used by one thread at a
 * time.
 */
final class SrtpAgreement {
  static final int HANDSHAKE_MILLIS = 15_000;

  /** RFC 8827 recommends 50 to 400 ms in place of TLS's second, because a user is waiting. */
  static final int RESEND_MILLIS = 400;

  static final int[] CIPHERS = {
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
  };

  /** RFC 5764, section 4.2. */
  private static final String LABEL = "EXTRACTOR-dtls_srtp";

  private final BcTlsCrypto crypto;
  private final DtlsIdentity identity;
  private @Nullable SrtpProfile profile;
  private @Nullable SrtpKeys keys;
  private volatile boolean over;

  SrtpAgreement(BcTlsCrypto crypto, DtlsIdentity identity) {
    this.crypto = crypto;
    this.identity = identity;
  }

  static ProtocolVersion[] versions() {
    return ProtocolVersion.DTLSv12.only();
  }

  /** The extension that offers our profiles. */
  static void offer(Hashtable<Integer, byte[]> extensions) throws IOException {
    int[] ids = Stream.of(SrtpProfile.values()).mapToInt(SrtpProfile::id).toArray();
    TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(ids, TlsUtils.EMPTY_BYTES));
  }

  /** Reads the profile that the server chose from ours. */
  void chosen(@Nullable Hashtable<?, ?> extensions) throws IOException {
    UseSRTPData data = extensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(extensions);
    if (data == null || data.getProtectionProfiles().length != 1) {
      throw new TlsFatalAlert(AlertDescription.illegal_parameter);
    }
    profile =
        SrtpProfile.of(data.getProtectionProfiles()[0])
            .orElseThrow(() -> new TlsFatalAlert(AlertDescription.illegal_parameter));
  }

  /** Chooses a profile from those that the client offers. */
  void choose(@Nullable Hashtable<?, ?> extensions) throws IOException {
    UseSRTPData data = extensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(extensions);
    List<Integer> offered =
        data == null ? List.of() : Arrays.stream(data.getProtectionProfiles()).boxed().toList();
    profile =
        Stream.of(SrtpProfile.values())
            .filter(each -> offered.contains(each.id()))
            .findFirst()
            .orElseThrow(() -> new TlsFatalAlert(AlertDescription.handshake_failure));
  }

  /** The extension that names the chosen profile. */
  void answer(Hashtable<Integer, byte[]> extensions) throws IOException {
    TlsSRTPUtils.addUseSRTPExtension(
        extensions, new UseSRTPData(new int[] {chosen().id()}, TlsUtils.EMPTY_BYTES));
  }

  TlsCredentialedSigner credentials(TlsContext context) throws IOException {
    Certificate chain =
        new Certificate(new TlsCertificate[] {crypto.createCertificate(identity.certificate())});
    return new BcDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        crypto,
        identity.key(),
        chain,
        new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
  }

  @SuppressWarnings("JdkObsolete") // the library's type
  static Vector<SignatureAndHashAlgorithm> signatures() {
    return new Vector<>(
        List.of(
            new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa),
            SignatureAndHashAlgorithm.rsa_pss_rsae_sha256,
            new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.rsa),
            new SignatureAndHashAlgorithm(HashAlgorithm.sha384, SignatureAlgorithm.ecdsa)));
  }

  /** Derives the keys at the end of the handshake. */
  void complete(TlsContext context, boolean client) throws IOException {
    SrtpProfile agreed = chosen();
    int key = agreed.keyBytes();
    int salt = agreed.saltBytes();
    byte[] all = context.exportKeyingMaterial(LABEL, null, 2 * (key + salt));
    var ofClient = master(all, 0, 2 * key, key, salt);
    var ofServer = master(all, key, 2 * key + salt, key, salt);
    keys =
        client
            ? new SrtpKeys(agreed, ofServer, ofClient)
            : new SrtpKeys(agreed, ofClient, ofServer);
  }

  SrtpKeys keys() {
    return Optional.ofNullable(keys)
        .orElseThrow(() -> new IllegalStateException("the handshake is not complete"));
  }

  void alert(short level, short description) {
    if (level == AlertLevel.fatal || description == AlertDescription.close_notify) {
      over = true;
    }
  }

  boolean isOver() {
    return over;
  }

  private SrtpProfile chosen() throws TlsFatalAlert {
    SrtpProfile agreed = profile;
    if (agreed == null) {
      throw new TlsFatalAlert(AlertDescription.handshake_failure);
    }
    return agreed;
  }

  private static SrtpKeys.Master master(
      byte[] all, int key, int salt, int keyBytes, int saltBytes) {
    return new SrtpKeys.Master(
        Arrays.copyOfRange(all, key, key + keyBytes),
        Arrays.copyOfRange(all, salt, salt + saltBytes));
  }
}
