package framewise.media.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/**
 * How the network is used: whom URLs may reach, and how long one waits.
 *
 * @param rule asked about every address before it is connected to
 * @param certificates whose are checked
 * @param names turns hosts into addresses
 * @param connectTimeout for the name, the connection and the first words on it, each
 * @param readTimeout how long nothing may come on a connection
 */
public record Network(
    AddressRule rule,
    CertificateRule certificates,
    Names names,
    Duration connectTimeout,
    Duration readTimeout) {
  /** Turns a host as a URL spells it, a name or a number, into addresses. May block. */
  public interface Names {
    List<InetAddress> resolve(String host) throws UnknownHostException;
  }

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(15);

  /** With the system's names and the usual patience; all certificates are checked. */
  public static Network of(AddressRule rule) {
    return of(rule, CertificateRule.VERIFY);
  }

  /** With the system's names and the usual patience. */
  public static Network of(AddressRule rule, CertificateRule certificates) {
    return new Network(
        rule,
        certificates,
        host -> List.of(InetAddress.getAllByName(host)),
        CONNECT_TIMEOUT,
        READ_TIMEOUT);
  }
}
