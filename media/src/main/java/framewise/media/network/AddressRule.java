package framewise.media.network;

import java.net.InetAddress;
import java.util.Optional;

/** Says of an address whether it may be connected to. */
public interface AddressRule {
  /** Why it may not, to follow "is": such as "a loopback address"; empty when it may. */
  Optional<String> refusal(InetAddress address);
}
