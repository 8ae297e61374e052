package framewise.server.peer;

import java.time.Duration;

/** Rate limit that allows a burst. Used by one thread at a time. */
public final class TokenBucket {
  private final int most;
  private final long nanosPerToken;
  private double tokens;
  private long last;

  /**
   * @param most capacity, and tokens at the start
   * @param pace interval of new tokens
   * @param nanos now
   */
  public TokenBucket(int most, Duration pace, long nanos) {
    this.most = most;
    this.nanosPerToken = pace.toNanos();
    this.tokens = most;
    this.last = nanos;
  }

  /** Takes a token, if there is one. */
  public boolean take(long nanos) {
    tokens = Math.min(most, tokens + Math.max(0, nanos - last) / (double) nanosPerToken);
    last = nanos;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
