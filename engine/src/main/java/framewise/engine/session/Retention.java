package framewise.engine.session;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long things are kept. What is empty sets no limit.
 *
 * @param uploadsAge how long a video is kept after its session was last used; empty keeps videos
 *     whatever the free space is
 * @param uploadsBytes how large all videos may be together
 * @param resultsAge how long events are kept, and sessions of which nothing else is left
 * @param resultsPerSession how many events a session may have, at least 1,000
 * @param databaseBytes how large the database may be
 * @param evidenceAge how long what services were sent is kept
 * @param evidencePerSession how many bytes of it a session may have
 * @param freeBytes with less free space than this, evidence goes first, then videos
 */
public record Retention(
    Optional<Duration> uploadsAge,
    OptionalLong uploadsBytes,
    Optional<Duration> resultsAge,
    long resultsPerSession,
    OptionalLong databaseBytes,
    Optional<Duration> evidenceAge,
    OptionalLong evidencePerSession,
    long freeBytes) {
  /** Nothing is deleted by itself. */
  public static final Retention FOREVER =
      new Retention(
          Optional.empty(),
          OptionalLong.empty(),
          Optional.empty(),
          Long.MAX_VALUE,
          OptionalLong.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          0);
}
