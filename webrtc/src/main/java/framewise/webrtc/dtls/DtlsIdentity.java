package framewise.webrtc.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/**
 * Our self-signed certificate with its key (ECDSA, P-256). Peers recognize it by its fingerprint,
 * so its content has no meaning. Immutable.
 */
public final class DtlsIdentity {
  private static final AlgorithmIdentifier ECDSA =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

  private final AsymmetricKeyParameter key;
  private final byte[] certificate;

  private DtlsIdentity(AsymmetricKeyParameter key, byte[] certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  /**
   * Makes a new one, valid for a year.
   *
   * @param now the time of day
   */
  public static DtlsIdentity create(Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      return new DtlsIdentity(
          PrivateKeyFactory.createKey(pair.getPrivate().getEncoded()), certificate(pair, now));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every Java platform has ECDSA with P-256", e);
    }
  }

  /** The certificate's SHA-256 hash, as in an {@code a=fingerprint} line. */
  public String fingerprint() {
    return fingerprint("SHA-256", certificate);
  }

  static String fingerprint(String hash, byte[] certificate) {
    try {
      byte[] digest = MessageDigest.getInstance(hash).digest(certificate);
      return hash.toLowerCase(Locale.ROOT)
          + " "
          + HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + hash, e);
    }
  }

  AsymmetricKeyParameter key() {
    return key;
  }

  byte[] certificate() {
    return certificate.clone();
  }

  private static byte[] certificate(KeyPair pair, Instant now)
      throws GeneralSecurityException, IOException {
    X500Name name = new X500Name("CN=peer");
    V3TBSCertificateGenerator content = new V3TBSCertificateGenerator();
    content.setSerialNumber(new ASN1Integer(new BigInteger(63, new SecureRandom())));
    content.setSignature(ECDSA);
    content.setIssuer(name);
    content.setSubject(name);
    // The remote clock may be behind.
    content.setStartDate(new Time(Date.from(now.minus(Duration.ofDays(1)))));
    content.setEndDate(new Time(Date.from(now.plus(Duration.ofDays(365)))));
    content.setSubjectPublicKeyInfo(
        SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    TBSCertificate unsigned = content.generateTBSCertificate();
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(pair.getPrivate());
    signer.update(unsigned.getEncoded(ASN1Encoding.DER));
    ASN1EncodableVector whole = new ASN1EncodableVector();
    whole.add(unsigned);
    whole.add(ECDSA);
    whole.add(new DERBitString(signer.sign()));
    return new DERSequence(whole).getEncoded(ASN1Encoding.DER);
  }
}
