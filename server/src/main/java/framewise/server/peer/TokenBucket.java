package framewise.server.peer;

import java.time.Duration;

/** A rate with room for a burst. Used by one thread at a time. */
final class TokenBucket {
  private final int most;
  private final long nanosPerToken;
  private double tokens;
  private long last;

  /**
   * @param most tokens at the beginning, and never more
   * @param pace after which another token is there
   * @param nanos now
   */
  TokenBucket(int most, Duration pace, long nanos) {
    this.most = most;
    this.nanosPerToken = pace.toNanos();
    this.tokens = most;
    this.last = nanos;
  }

  /** Takes a token, if there is one. */
  boolean take(long nanos) {
    tokens = Math.min(most, tokens + Math.max(0, nanos - last) / (double) nanosPerToken);
    last = nanos;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
