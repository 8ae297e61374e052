package framewise.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.config.Tls;
import framewise.time.WallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewedCertificatesAreUsedTest {
  private static final Identity OLD = Keytool.selfSigned(List.of("DNS:cam.example"), 30);
  private static final Identity NEW = Keytool.selfSigned(List.of("DNS:cam.example"), 60);

  @TempDir Path folder;
  private Instant written = Instant.now();
  private Path certificate = Path.of("");
  private Path key = Path.of("");

  @BeforeEach
  void anOldPair() throws Exception {
    certificate = folder.resolve("cert.pem");
    key = folder.resolve("key.pem");
    writeCertificate(OLD);
    writeKey(OLD);
  }

  @Test
  void unchangedFilesAreNotReread() {
    CertificateFiles files = files();
    assertThat(files.look()).isFalse();
    assertThat(files.look()).isFalse();
    assertThat(files.identity().fingerprint()).isEqualTo(OLD.fingerprint());
  }

  @Test
  void aRenewedPairIsUsedOnceItIsStable() throws Exception {
    CertificateFiles files = files();
    writeCertificate(NEW);
    assertThat(files.look()).isFalse();
    writeKey(NEW);
    assertThat(files.look()).isFalse();
    assertThat(files.look()).isTrue();
    assertThat(files.identity().fingerprint()).isEqualTo(NEW.fingerprint());
    assertThat(files.look()).isFalse();
  }

  @Test
  void anIncompletePairIsNotUsed() throws Exception {
    CertificateFiles files = files();
    writeCertificate(NEW);
    assertThat(files.look()).isFalse();
    assertThat(files.look()).isFalse();
    assertThat(files.identity().fingerprint()).isEqualTo(OLD.fingerprint());
    writeKey(NEW);
    assertThat(files.look()).isFalse();
    assertThat(files.look()).isTrue();
  }

  @Test
  void missingAndBrokenFilesChangeNothing() throws Exception {
    CertificateFiles files = files();
    Files.delete(certificate);
    assertThat(files.look()).isFalse();
    assertThat(files.look()).isFalse();
    Files.writeString(certificate, "no certificate");
    assertThat(files.look()).isFalse();
    assertThat(files.look()).isFalse();
    assertThat(files.identity().fingerprint()).isEqualTo(OLD.fingerprint());
  }

  @Test
  void linksAreFollowed() throws Exception {
    Path first = Files.createDirectories(folder.resolve("1"));
    Path second = Files.createDirectories(folder.resolve("2"));
    Files.move(certificate, first.resolve("cert.pem"));
    Files.move(key, first.resolve("key.pem"));
    Path live = Files.createSymbolicLink(folder.resolve("live"), first);
    var files =
        new CertificateFiles(
            new Tls.Files(live.resolve("cert.pem"), live.resolve("key.pem")), WallClock.system());
    certificate = second.resolve("cert.pem");
    key = second.resolve("key.pem");
    writeCertificate(NEW);
    writeKey(NEW);
    Path next = Files.createSymbolicLink(folder.resolve("next"), second);
    Files.move(next, live, StandardCopyOption.ATOMIC_MOVE);
    assertThat(files.look()).isFalse();
    assertThat(files.look()).isTrue();
    assertThat(files.identity().fingerprint()).isEqualTo(NEW.fingerprint());
  }

  private CertificateFiles files() {
    return new CertificateFiles(new Tls.Files(certificate, key), WallClock.system());
  }

  private void writeCertificate(Identity of) throws Exception {
    write(certificate, "CERTIFICATE", of.chain().getFirst().getEncoded());
  }

  private void writeKey(Identity of) throws IOException {
    write(key, "PRIVATE KEY", of.key().getEncoded());
  }

  /**
   * Writes a file with a later modification time than the previous one, whatever the file system's
   * resolution.
   */
  private void write(Path file, String label, byte[] bytes) throws IOException {
    String lines = Base64.getMimeEncoder().encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, lines, label));
    written = written.plusSeconds(60);
    Files.setLastModifiedTime(file, FileTime.from(written));
  }
}
