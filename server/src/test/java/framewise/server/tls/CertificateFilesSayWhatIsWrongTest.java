package framewise.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFilesSayWhatIsWrongTest {
  private static final Identity PAIR = Keytool.selfSigned(List.of("DNS:cam.example"), 30);

  @TempDir Path folder;

  private final Instant now = Instant.now();
  private Path certificate = Path.of("");
  private Path key = Path.of("");

  @BeforeEach
  void aPair() throws Exception {
    certificate = pem("cert.pem", "CERTIFICATE", PAIR.chain().getFirst().getEncoded());
    key = pem("key.pem", "PRIVATE KEY", PAIR.key().getEncoded());
  }

  @Test
  void textAroundThePairIsIgnored() throws Exception {
    Files.writeString(certificate, "subject=CN = cam\n" + Files.readString(certificate));
    Identity read = PemFiles.read(certificate, key, now);
    assertThat(read.names()).containsExactly("cam.example");
    assertThat(read.chain()).hasSize(1);
  }

  @Test
  void oneFileCanHoldBoth() throws Exception {
    Path both =
        Files.writeString(
            folder.resolve("both.pem"), Files.readString(key) + Files.readString(certificate));
    assertThat(PemFiles.read(both, both, now).names()).containsExactly("cam.example");
  }

  @Test
  void missing() {
    refused(folder.resolve("none.pem"), key, now, "there is no file", "self-signed");
    refused(certificate, folder.resolve("none.pem"), now, "there is no file", "none.pem");
    refused(folder, key, now, "cannot be read");
  }

  @Test
  void swapped() {
    refused(key, certificate, now, "has no certificate", "before the comma");
    refused(certificate, certificate, now, "has no key");
  }

  @Test
  void keyOfAnotherCertificate() throws Exception {
    Identity other = Keytool.selfSigned(List.of("DNS:cam.example"), 30);
    Path wrong = pem("wrong.pem", "PRIVATE KEY", other.key().getEncoded());
    refused(certificate, wrong, now, "does not match the first certificate");
    byte[] rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate().getEncoded();
    refused(certificate, pem("rsa.pem", "PRIVATE KEY", rsa), now, "not of the type");
  }

  @Test
  void expiredOrNotYetValid() {
    refused(certificate, key, now.plus(Duration.ofDays(31)), "expired at", "renew it");
    refused(certificate, key, now.minus(Duration.ofDays(2)), "is valid only from", "clock");
  }

  @Test
  void unsupportedKeyFormat() throws Exception {
    Path old = pem("old.pem", "RSA PRIVATE KEY", new byte[] {1, 2, 3});
    refused(certificate, old, now, "but in RSA:", "openssl pkcs8 -topk8 -nocrypt");
    Path locked = pem("locked.pem", "ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3});
    refused(certificate, locked, now, "but in ENCRYPTED:", "openssl pkcs8 -topk8 -nocrypt");
  }

  @Test
  void damaged() throws Exception {
    refused(pem("bad.pem", "CERTIFICATE", new byte[] {1, 2, 3}), key, now, "is damaged");
    refused(certificate, pem("bad.pem", "PRIVATE KEY", new byte[] {1, 2, 3}), now, "is damaged");
    Path large = Files.write(folder.resolve("large.pem"), new byte[2 << 20]);
    refused(large, key, now, "larger than 1 MB");
  }

  private static void refused(Path certificate, Path key, Instant now, String... words) {
    assertThatThrownBy(() -> PemFiles.read(certificate, key, now))
        .isInstanceOf(TlsException.class)
        .hasMessageStartingWith("FRAMEWISE_TLS: ")
        .hasMessageContainingAll(words);
  }

  private Path pem(String name, String label, byte[] bytes) throws Exception {
    String lines = Base64.getMimeEncoder().encodeToString(bytes);
    return Files.writeString(
        folder.resolve(name),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, lines, label));
  }
}
