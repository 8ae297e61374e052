package framewise.media.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/**
 * Network settings for video by URL: allowed addresses, TLS and time-outs.
 *
 * @param rule checks every address before it is connected to
 * @param certificates which certificates are verified
 * @param names resolves hosts
 * @param connectTimeout for the name, the connection and the handshake, each
 * @param readTimeout longest silence on a connection
 */
public record Network(
    AddressRule rule,
    CertificateRule certificates,
    Names names,
    Duration connectTimeout,
    Duration readTimeout) {
  /** Resolves a host from a URL, a name or a number, to addresses. May block. */
  public interface Names {
    List<InetAddress> resolve(String host) throws UnknownHostException;
  }

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(15);

  /** The system's resolver and default time-outs; all certificates are verified. */
  public static Network of(AddressRule rule) {
    return of(rule, CertificateRule.VERIFY);
  }

  /** The system's resolver and default time-outs. */
  public static Network of(AddressRule rule, CertificateRule certificates) {
    return new Network(
        rule,
        certificates,
        host -> List.of(InetAddress.getAllByName(host)),
        CONNECT_TIMEOUT,
        READ_TIMEOUT);
  }
}
