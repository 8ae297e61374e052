package framewise.media.network;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which servers' TLS certificates are verified. */
public enum CertificateRule {
  /** All: a trusted authority must have issued the certificate, for this host. */
  VERIFY,
  /** Those at public addresses; cameras in the local network use self-signed certificates. */
  TRUST_LAN,
  /** None: connections are encrypted, but the server's identity is not proven. */
  TRUST;

  /** Finds a rule by its name in the setting. */
  public static Optional<CertificateRule> ofWireName(String name) {
    return Arrays.stream(values())
        .filter(rule -> rule.wireName().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /** The name in the setting. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the server at a connected address must show a valid certificate. */
  boolean verifies(InetAddress address) {
    return switch (this) {
      case VERIFY -> true;
      case TRUST_LAN -> AllowedAddresses.PUBLIC.refusal(address).isEmpty();
      case TRUST -> false;
    };
  }
}
