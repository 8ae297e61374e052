package framewise.media.network;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whose certificates are checked where a URL asks for an encrypted connection. */
public enum CertificateRule {
  /** Everybody's: somebody this machine knows must vouch for it, and it must be for the host. */
  VERIFY,
  /** Those of public addresses; cameras of the local network sign their own. */
  TRUST_LAN,
  /** Nobody's: what is said is encrypted, and whom it is said to is not proven. */
  TRUST;

  /** Finds one by its name in the setting. */
  public static Optional<CertificateRule> ofWireName(String name) {
    return Arrays.stream(values())
        .filter(rule -> rule.wireName().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /** As the setting spells it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether who is at the address that was connected to must show a sound certificate. */
  boolean verifies(InetAddress address) {
    return switch (this) {
      case VERIFY -> true;
      case TRUST_LAN -> Reach.PUBLIC.refusal(address).isEmpty();
      case TRUST -> false;
    };
  }
}
