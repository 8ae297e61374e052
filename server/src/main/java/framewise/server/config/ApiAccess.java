package framewise.server.config;

import framewise.overshoot.Secret;
import framewise.server.config.network.ProxyTrust;
import java.time.Duration;
import java.util.List;

/**
 * Access settings for the service and for the Overshoot API.
 *
 * @param mode access without authentication
 * @param proxies trusted reverse proxies
 * @param keys keys of apps; if there are none, any key is accepted where no account is needed
 * @param maxStreamsPerKey maximum concurrent streams of a key, 1 to 1000
 * @param lease how long a stream lives without a renewal by its client, 5 s to an hour
 */
public record ApiAccess(
    AccessMode mode, ProxyTrust proxies, List<Secret> keys, int maxStreamsPerKey, Duration lease) {
  static final int MAX_KEYS = 1_000;

  public ApiAccess {
    keys = List.copyOf(keys);
  }
}
