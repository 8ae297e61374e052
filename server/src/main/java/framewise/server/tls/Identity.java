package framewise.server.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Certificate and key of the service.
 *
 * @param key of the first certificate
 * @param chain the service's own certificate, then the ones that sign it
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  public Identity {
    chain = List.copyOf(chain);
  }

  /** Host names in the certificate, in lower case. */
  public Set<String> names() {
    return alternatives(DNS_NAME);
  }

  /** IP addresses in the certificate, in Java's notation. */
  public Set<String> addresses() {
    return alternatives(IP_ADDRESS);
  }

  /** When the first certificate of the chain expires. */
  public Instant expires() {
    return chain.stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Instant::compareTo)
        .orElseThrow();
  }

  /** Whether the certificate is self-signed. */
  public boolean isSelfSigned() {
    X509Certificate own = chain.getFirst();
    return own.getSubjectX500Principal().equals(own.getIssuerX500Principal());
  }

  /** SHA-256 fingerprint of the certificate, as browsers display it: {@code AB:CD:...}. */
  public String fingerprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(chain.getFirst().getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Key and chain as a key store for Java's TLS, protected by this password. */
  KeyStore keyStore(char[] password) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("framewise", key, password, chain.toArray(Certificate[]::new));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Subject alternative names of RFC 5280, section 4.2.1.6. */
  private Set<String> alternatives(int kind) {
    try {
      Collection<List<?>> names = chain.getFirst().getSubjectAlternativeNames();
      return names == null
          ? Set.of()
          : names.stream()
              .filter(name -> Integer.valueOf(kind).equals(name.get(0)))
              .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
              .collect(Collectors.toUnmodifiableSet());
    } catch (CertificateParsingException e) {
      return Set.of();
    }
  }
}
