package framewise.server.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** HTTPS settings and certificate source. */
public sealed interface Tls {
  /** Plain HTTP. */
  record Off() implements Tls {}

  /** HTTPS with a self-signed certificate that the service creates and keeps. */
  record SelfSigned() implements Tls {}

  /**
   * HTTPS with the operator's certificate.
   *
   * @param certificate a PEM file: the service's certificate and the intermediate ones
   * @param key a PEM file: the certificate's private key
   */
  record Files(Path certificate, Path key) implements Tls {}

  /**
   * Parses {@code off}, {@code self-signed}, or two files separated by a comma.
   *
   * @return empty when invalid
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
