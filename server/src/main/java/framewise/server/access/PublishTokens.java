package framewise.server.access;

import framewise.engine.SessionId;
import framewise.server.access.secret.PublishSignatures;
import framewise.server.access.secret.ShownSession;
import framewise.time.WallClock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tokens with which their bearer publishes video into one session, and nothing else. A token ends
 * with its maker's rights. Safe for any number of threads.
 */
public final class PublishTokens {
  /** Lifetime of a token: twice that of a lease, so that a publisher has time to renew both. */
  public static final Duration VALIDITY = Duration.ofMinutes(10);

  private final PublishSignatures signatures;
  private final TokenMakers makers;
  private final WallClock clock;

  PublishTokens(PublishSignatures signatures, TokenMakers makers, WallClock clock) {
    this.signatures = signatures;
    this.makers = makers;
    this.clock = clock;
  }

  /** A token for the session, as long as its maker may publish into it. */
  public String issue(SessionId session, Caller by) {
    return issue(session, by.subject().orElse(""), makers.generation(by));
  }

  /** A fresh token with the rights of an earlier one. */
  public String renew(ShownSession earlier) {
    return issue(earlier.session(), earlier.by(), earlier.generation());
  }

  /** Verifies a token; empty when it is forged, damaged or expired, or its maker lost the right. */
  public Optional<ShownSession> read(String token) {
    return signatures.read(token).filter(this::isGood);
  }

  /** Whether the maker of an accepted token may still publish into its session. */
  public boolean isGood(ShownSession token) {
    return makers.mayPublish(token);
  }

  private String issue(SessionId session, String by, int generation) {
    return signatures.issue(
        new ShownSession(
            session,
            Optional.empty(),
            by,
            generation,
            clock.now().plus(VALIDITY),
            Optional.empty(),
            OptionalLong.empty()));
  }
}
