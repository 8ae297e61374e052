package framewise.engine.session.retention;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Limits on what is stored. An empty value means no limit.
 *
 * @param uploadsAge how long a video is kept after the last use of its session; empty keeps videos
 *     even when free space is low
 * @param uploadsBytes maximum size of all videos together
 * @param resultsAge how long events are kept, as well as sessions that have nothing else left
 * @param resultsPerSession maximum number of events of a session, at least 1,000
 * @param databaseBytes maximum size of the database
 * @param evidenceAge how long evidence (what was sent to services) is kept
 * @param evidencePerSession maximum bytes of evidence of a session
 * @param freeBytes below this much free space, evidence is deleted first, then videos
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
  /** Nothing is deleted automatically. */
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
