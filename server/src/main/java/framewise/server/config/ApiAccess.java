package framewise.server.config;

import framewise.overshoot.Secret;
import java.time.Duration;
import java.util.List;

/**
 * Who may use the Overshoot API of this service, and how much of it.
 *
 * @param keys those that are accepted; none for any
 * @param maxStreamsPerKey how many streams a key may have at a time, 1 to 1000
 * @param lease how long a stream lives without a sign from its client, 5 s to an hour
 */
public record ApiAccess(List<Secret> keys, int maxStreamsPerKey, Duration lease) {
  static final int MAX_KEYS = 1_000;

  public ApiAccess {
    keys = List.copyOf(keys);
  }
}
