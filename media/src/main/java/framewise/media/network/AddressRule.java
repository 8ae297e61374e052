package framewise.media.network;

import java.net.InetAddress;
import java.util.Optional;

/** Decides whether an address may be connected to. */
public interface AddressRule {
  /**
   * Why the address is refused, to follow "is": such as "a loopback address"; empty when it is
   * allowed.
   */
  Optional<String> refusal(InetAddress address);
}
