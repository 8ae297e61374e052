package framewise.server.tls;

import framewise.engine.store.OwnerOnlyFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Self-signed certificate that the service creates. It is kept for later starts, so that a phone
 * has to accept it only once; a new one is created when it is about to expire, or when the machine
 * has a name or an address that is not in it.
 */
final class SelfSigned {
  /** Browsers are moving towards a year and a month as the maximum; some phones enforce it. */
  static final Duration HOLDS = Duration.ofDays(397);

  static final Duration RENEWED_BEFORE = Duration.ofDays(30);

  private static final String CERTIFICATE = "certificate.pem";
  private static final String KEY = "key.pem";
  private static final Logger LOG = LoggerFactory.getLogger(SelfSigned.class);

  private final Path folder;
  private Optional<String> news = Optional.empty();

  /**
   * @param folder where it is kept; created when missing
   */
  SelfSigned(Path folder) {
    this.folder = folder;
  }

  /** The stored certificate, or a new one where that is not usable. */
  Identity forMachine(MachineNames machine, Instant now) {
    Optional<Identity> kept = kept(now);
    if (kept.isPresent() && does(kept.get(), machine, now)) {
      return kept.get();
    }
    Identity made = Keytool.selfSigned(alternatives(machine), (int) HOLDS.toDays());
    try {
      keep(made);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String names = String.join(", ", alternatives(machine));
    news =
        Optional.of(
            "Created a certificate for %s: %s".formatted(names, folder.resolve(CERTIFICATE)));
    return made;
  }

  /** Log line for a certificate that {@link #forMachine} created. */
  Optional<String> news() {
    return news;
  }

  private Optional<Identity> kept(Instant now) {
    if (!Files.exists(folder.resolve(CERTIFICATE)) || !Files.exists(folder.resolve(KEY))) {
      return Optional.empty();
    }
    try {
      // A restore by an earlier version left it readable by others.
      OwnerOnlyFiles.close(folder.resolve(KEY));
      return Optional.of(PemFiles.read(folder.resolve(CERTIFICATE), folder.resolve(KEY), now));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (TlsException unusable) {
      LOG.warn("{} Creating a new one.", unusable.getMessage());
      return Optional.empty();
    }
  }

  private static boolean does(Identity identity, MachineNames machine, Instant now) {
    return identity.expires().isAfter(now.plus(RENEWED_BEFORE))
        && identity.names().containsAll(machine.names())
        && identity
            .addresses()
            .containsAll(machine.addresses().stream().map(MachineNames::written).toList());
  }

  private static List<String> alternatives(MachineNames machine) {
    List<String> all = new ArrayList<>();
    machine.names().forEach(name -> all.add("DNS:" + name));
    machine.addresses().forEach(address -> all.add("IP:" + MachineNames.written(address)));
    return all;
  }

  private void keep(Identity identity) throws IOException {
    Files.createDirectories(folder);
    write(KEY, "PRIVATE KEY", identity.key().getEncoded());
    try {
      write(CERTIFICATE, "CERTIFICATE", identity.chain().getFirst().getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Only the owner can read the file, and a half-written one never replaces it. */
  private void write(String name, String label, byte[] bytes) throws IOException {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    String text = "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, lines, label);
    // Temporary files are readable by their owner only.
    Path draft = Files.createTempFile(folder, name, ".tmp");
    Files.writeString(draft, text, StandardCharsets.US_ASCII);
    Files.move(draft, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }
}
