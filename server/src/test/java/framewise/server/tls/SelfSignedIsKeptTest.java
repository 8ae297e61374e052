package framewise.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A phone accepts the certificate once, so it changes only when necessary. */
class SelfSignedIsKeptTest {
  private static final MachineNames HOME = machine("192.168.1.5", "2001:db8::7");
  private static final MachineNames OFFICE = machine("10.0.0.9");

  @TempDir Path folder;

  private final Instant now = Instant.now();

  @Test
  void theNextStartReusesIt() throws Exception {
    Identity first = kept().forMachine(HOME, now);
    Identity second = kept().forMachine(HOME, now.plus(Duration.ofDays(300)));
    assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
    assertThat(second.key()).isEqualTo(first.key());
    assertThat(Files.getPosixFilePermissions(folder.resolve("tls/key.pem")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (var files = Files.list(folder.resolve("tls"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("certificate.pem", "key.pem");
    }
  }

  @Test
  void itCoversEveryNameOfTheMachine() throws Exception {
    Identity made = kept().forMachine(HOME, now);
    assertThat(made.names()).isEqualTo(Set.of("localhost", "den"));
    assertThat(made.addresses())
        .isEqualTo(Set.of("192.168.1.5", "2001:db8:0:0:0:0:0:7", "127.0.0.1"));
    assertThat(made.isSelfSigned()).isTrue();
    // id-kp-serverAuth: phones reject a certificate without it.
    assertThat(made.chain().getFirst().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(Duration.between(now, made.expires()))
        .isBetween(Duration.ofDays(395), Duration.ofDays(397));
  }

  @Test
  void onlyANewAddressReplacesIt() {
    String home = kept().forMachine(HOME, now).fingerprint();
    assertThat(kept().forMachine(machine("192.168.1.5"), now).fingerprint()).isEqualTo(home);
    assertThat(kept().forMachine(OFFICE, now).fingerprint()).isNotEqualTo(home);
  }

  @Test
  void anExpiringCertificateIsReplaced() {
    Identity first = kept().forMachine(HOME, now);
    Instant before = first.expires().minus(Duration.ofDays(31));
    assertThat(kept().forMachine(HOME, before).fingerprint()).isEqualTo(first.fingerprint());
    Instant soon = first.expires().minus(Duration.ofDays(29));
    assertThat(kept().forMachine(HOME, soon).fingerprint()).isNotEqualTo(first.fingerprint());
  }

  @Test
  void brokenFilesAreReplaced() throws Exception {
    String first = kept().forMachine(HOME, now).fingerprint();
    Files.writeString(folder.resolve("tls/key.pem"), "no key");
    assertThat(kept().forMachine(HOME, now).fingerprint()).isNotEqualTo(first);
  }

  @Test
  void aReadableKeyBecomesPrivate() throws Exception {
    kept().forMachine(HOME, now);
    Path key = folder.resolve("tls/key.pem");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw----r--"));
    kept().forMachine(HOME, now);
    assertThat(Files.getPosixFilePermissions(key))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  private SelfSigned kept() {
    return new SelfSigned(folder.resolve("tls"));
  }

  private static MachineNames machine(String... addresses) {
    List<InetAddress> all =
        Stream.concat(Arrays.stream(addresses), Stream.of("127.0.0.1"))
            .map(InetAddress::ofLiteral)
            .toList();
    return new MachineNames(List.of("localhost", "den"), all);
  }
}
