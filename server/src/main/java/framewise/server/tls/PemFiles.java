package framewise.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a certificate and its key from PEM files (RFC 7468) and checks them. */
final class PemFiles {
  private static final long MAX_FILE_BYTES = 1 << 20;
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final Pattern OTHER_KEY = Pattern.compile("-----BEGIN ([A-Z]+ )PRIVATE KEY-----");

  private PemFiles() {}

  /**
   * Reads a certificate and its key.
   *
   * @throws TlsException when a file can't be read, the key does not match the certificate, or the
   *     certificate is not valid now
   */
  static Identity read(Path certificate, Path key, Instant now) {
    List<X509Certificate> chain = certificates(certificate);
    PrivateKey secret = key(key, chain.getFirst().getPublicKey().getAlgorithm());
    if (!belong(secret, chain.getFirst().getPublicKey())) {
      throw new TlsException(
          ("FRAMEWISE_TLS: the key in %s does not match the first certificate in %s: use"
                  + " the files of one pair, with the service's own certificate first.")
              .formatted(key, certificate));
    }
    for (X509Certificate each : chain) {
      if (each.getNotAfter().toInstant().isBefore(now)) {
        throw new TlsException(
            "FRAMEWISE_TLS: a certificate in %s expired at %s: renew it, or set FRAMEWISE_TLS=self-signed."
                .formatted(certificate, each.getNotAfter().toInstant()));
      }
      if (each.getNotBefore().toInstant().isAfter(now)) {
        throw new TlsException(
            ("FRAMEWISE_TLS: a certificate in %s is valid only from %s: check the clock of"
                    + " this machine.")
                .formatted(certificate, each.getNotBefore().toInstant()));
      }
    }
    return new Identity(secret, chain);
  }

  private static List<X509Certificate> certificates(Path file) {
    String text = text(file);
    if (text.contains("-----BEGIN CERTIFICATE-----")) {
      try {
        // Java's reader does not accept other text before and between certificates, such as a key.
        StringBuilder alone = new StringBuilder();
        Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----")
            .matcher(text)
            .results()
            .forEach(found -> alone.append(found.group()).append('\n'));
        var in = new ByteArrayInputStream(alone.toString().getBytes(StandardCharsets.US_ASCII));
        List<X509Certificate> chain =
            CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                .map(X509Certificate.class::cast)
                .toList();
        if (!chain.isEmpty()) {
          return chain;
        }
      } catch (CertificateException broken) {
        throw new TlsException(
            "FRAMEWISE_TLS: a certificate in %s is damaged: copy the file again.".formatted(file),
            broken);
      }
    }
    throw new TlsException(
        ("FRAMEWISE_TLS: %s has no certificate: it must be a PEM file with -----BEGIN"
                + " CERTIFICATE-----. Put the certificate before the comma, and the key after it.")
            .formatted(file));
  }

  private static PrivateKey key(Path file, String algorithm) {
    String text = text(file);
    Matcher found = KEY.matcher(text);
    if (!found.find()) {
      Matcher other = OTHER_KEY.matcher(text);
      boolean convertible = other.find();
      throw new TlsException(
          convertible
              ? ("FRAMEWISE_TLS: the key in %s is not in PKCS#8 format but in %s: convert it"
                      + " with: openssl pkcs8 -topk8 -nocrypt -in %s -out key8.pem")
                  .formatted(file, other.group(1).strip(), file)
              : ("FRAMEWISE_TLS: %s has no key: it must be a PEM file with -----BEGIN"
                      + " PRIVATE KEY-----.")
                  .formatted(file));
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(found.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
    } catch (GeneralSecurityException | IllegalArgumentException broken) {
      // The exception's message might quote the key.
      throw new TlsException(
          "FRAMEWISE_TLS: the key in %s is damaged, or not of the type of its certificate (%s)."
              .formatted(file, algorithm));
    }
  }

  private static boolean belong(PrivateKey secret, PublicKey open) {
    String algorithm =
        switch (open.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> open.getAlgorithm();
        };
    try {
      byte[] words = "whoever signs this has the key".getBytes(StandardCharsets.US_ASCII);
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(secret);
      signature.update(words);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      signature.update(words);
      return signature.verify(signed);
    } catch (GeneralSecurityException notAPair) {
      return false;
    }
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new TlsException(
            "FRAMEWISE_TLS: %s is larger than 1 MB, so it is not a PEM file.".formatted(file));
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException missing) {
      throw new TlsException(
          "FRAMEWISE_TLS: there is no file %s: check the path, or set FRAMEWISE_TLS=self-signed."
              .formatted(file.toAbsolutePath()),
          missing);
    } catch (AccessDeniedException denied) {
      throw new TlsException(
          "FRAMEWISE_TLS: this user may not read %s: change its owner or permissions."
              .formatted(file),
          denied);
    } catch (IOException e) {
      throw new TlsException("FRAMEWISE_TLS: %s cannot be read: %s.".formatted(file, e), e);
    }
  }
}
