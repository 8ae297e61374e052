package framewise.server.tls;

import framewise.server.config.Tls;
import framewise.time.Rounds;
import framewise.time.WallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Operator's certificate, which is renewed every few weeks: checks its files regularly, and reloads
 * them after a change. Ignores an unusable certificate.
 */
final class CertificateFiles implements AutoCloseable {
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);
  private static final Duration EXPIRY_WARNING = Duration.ofDays(14);
  private static final Logger LOG = LoggerFactory.getLogger(CertificateFiles.class);

  private final Tls.Files files;
  private final WallClock clock;
  private Identity identity;
  private boolean warned;

  /** State of the files at the last load, and at the last check. */
  private Stamp read;

  private Stamp seen;
  private Optional<Rounds> rounds = Optional.empty();

  /** Modification times of the files; null for a missing one. */
  private record Stamp(@Nullable FileTime certificate, @Nullable FileTime key) {}

  /**
   * Loads them for the first time.
   *
   * @throws TlsException when they can't be used, with a sentence for a person
   */
  CertificateFiles(Tls.Files files, WallClock clock) {
    this.files = files;
    this.clock = clock;
    this.read = stamp();
    this.seen = read;
    this.identity = PemFiles.read(files.certificate(), files.key(), clock.now());
    warnOfTheEnd();
    warnOfOthers();
  }

  /** The last usable certificate. */
  synchronized Identity identity() {
    return identity;
  }

  /**
   * Starts the regular checks.
   *
   * @param renewed receives each new certificate
   */
  void watch(Consumer<Identity> renewed) {
    var started =
        new Rounds(
            "certificate",
            clock,
            CHECK_INTERVAL,
            () -> {
              if (look()) {
                renewed.accept(identity());
              }
            },
            e -> LOG.error("Failed to check the files of the certificate", e));
    rounds = Optional.of(started);
    started.start();
  }

  @Override
  public void close() {
    rounds.ifPresent(Rounds::close);
  }

  /**
   * Loads changed files, once two checks in a row have seen the same state.
   *
   * @return whether the certificate has changed
   */
  synchronized boolean look() {
    Stamp now = stamp();
    boolean settled = now.equals(seen);
    seen = now;
    boolean other = settled && !now.equals(read) && readAgain();
    warnOfTheEnd();
    return other;
  }

  private boolean readAgain() {
    read = seen;
    try {
      identity = PemFiles.read(files.certificate(), files.key(), clock.now());
    } catch (TlsException unusable) {
      LOG.warn("{} Using the previous certificate until then.", unusable.getMessage());
      return false;
    }
    warned = false;
    LOG.info(
        "Using the renewed certificate in {}, valid until {}. SHA-256 {}",
        files.certificate(),
        identity.expires(),
        identity.fingerprint());
    return true;
  }

  /** Warns of each certificate that expires soon, once. */
  private void warnOfTheEnd() {
    if (!warned && identity.expires().isBefore(clock.now().plus(EXPIRY_WARNING))) {
      warned = true;
      LOG.warn(
          "The certificate in {} expires at {}. Renew it; Framewise reads the new one"
              + " without a restart.",
          files.certificate(),
          identity.expires());
    }
  }

  private void warnOfOthers() {
    if (isOpen(files.key())) {
      LOG.warn(
          "Every user of this machine can read the key in {}. Restrict it with chmod 600.",
          files.key());
    }
  }

  private static boolean isOpen(Path file) {
    try {
      Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
      return rights.contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }

  private Stamp stamp() {
    return new Stamp(written(files.certificate()), written(files.key()));
  }

  private static @Nullable FileTime written(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException missing) {
      return null;
    }
  }
}
