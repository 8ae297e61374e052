package framewise.server.config;

import framewise.overshoot.Secret;
import java.time.Duration;
import java.util.List;

/**
 * Who may use the service, and how much of the Overshoot API.
 *
 * @param mode who may use it without proving who they are
 * @param proxies whose headers are believed
 * @param keys those of apps; none for any where no account is needed
 * @param maxStreamsPerKey how many streams a key may have at a time, 1 to 1000
 * @param lease how long a stream lives without a sign from its client, 5 s to an hour
 */
public record ApiAccess(
    AccessMode mode, ProxyTrust proxies, List<Secret> keys, int maxStreamsPerKey, Duration lease) {
  static final int MAX_KEYS = 1_000;

  public ApiAccess {
    keys = List.copyOf(keys);
  }
}
