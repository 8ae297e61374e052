package framewise.server.access.secret;

import framewise.time.WallClock;
import java.time.Duration;
import java.time.Instant;

/** One-time link that creates the first account from another machine; valid for an hour. */
public final class SetupLink {
  static final Duration VALIDITY = Duration.ofHours(1);

  private final String token = RandomText.secret();
  private final KeyHash hash = KeyHash.of(token);
  private final WallClock clock;
  private final Instant end;

  public SetupLink(WallClock clock) {
    this.clock = clock;
    this.end = clock.now().plus(VALIDITY);
  }

  /** Token in the printed address. */
  public String token() {
    return token;
  }

  /** Whether this is the token and it is still valid. */
  public boolean accepts(String text) {
    return hash.isSame(KeyHash.of(text)) && clock.now().isBefore(end);
  }
}
