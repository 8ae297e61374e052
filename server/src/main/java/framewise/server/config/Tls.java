package framewise.server.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Whether the service speaks HTTPS, and what it shows to those who connect. */
public sealed interface Tls {
  /** Plain HTTP. */
  record Off() implements Tls {}

  /** HTTPS with a certificate that the service makes for this machine and keeps. */
  record SelfSigned() implements Tls {}

  /**
   * HTTPS with a certificate of one's own.
   *
   * @param certificate a PEM file: the service's certificate and those between it and a root
   * @param key a PEM file: the private key of the certificate
   */
  record Files(Path certificate, Path key) implements Tls {}

  /**
   * Reads {@code off}, {@code self-signed}, or two files with a comma between them.
   *
   * @return empty when it is none of these
   */
  static Optional<Tls> parse(String text) {
    String value = text.strip();
    switch (value.toLowerCase(Locale.ROOT)) {
      case "off" -> {
        return Optional.of(new Off());
      }
      case "self-signed" -> {
        return Optional.of(new SelfSigned());
      }
      default -> {
        String[] files = value.split(",", -1);
        if (files.length != 2 || files[0].isBlank() || files[1].isBlank()) {
          return Optional.empty();
        }
        try {
          return Optional.of(new Files(Path.of(files[0].strip()), Path.of(files[1].strip())));
        } catch (InvalidPathException notAPath) {
          return Optional.empty();
        }
      }
    }
  }
}
