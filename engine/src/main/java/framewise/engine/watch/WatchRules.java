package framewise.engine.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * When a watch opens and ends incidents.
 *
 * @param cooldown minimum time from the end of an incident to the start of the next, in wall-clock
 *     time
 * @param minLength how long the condition must hold before an incident opens, in video time
 * @param maxLength length at which an incident ends and another continues it, in video time
 * @param mergeGap maximum gap, in video time, after which a condition that holds again reopens the
 *     incident
 * @param maxTriggers maximum number of incidents over the lifetime of the watch; empty for no limit
 * @param until when the watch expires; empty for never
 */
public record WatchRules(
    Thresholds thresholds,
    Duration cooldown,
    Duration minLength,
    Duration maxLength,
    Duration mergeGap,
    Optional<QuietHours> quietHours,
    OptionalInt maxTriggers,
    Optional<Instant> until) {
  /** Range of durations, in seconds. */
  public static final int MAX_COOLDOWN = 86_400;

  public static final int MAX_MIN_DURATION = 3_600;
  public static final int MIN_INCIDENT_LENGTH = 1;
  public static final int MAX_INCIDENT_LENGTH = 86_400;
  public static final int MAX_MERGE_GAP = 3_600;
  public static final int MAX_TRIGGERS = 1_000_000;

  public static final WatchRules DEFAULT =
      new WatchRules(
          Thresholds.DEFAULT,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ofSeconds(300),
          Duration.ofSeconds(60),
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty());

  /** Whether the watch has expired at a time. */
  boolean isOver(Instant now) {
    return until.filter(end -> !now.isBefore(end)).isPresent();
  }
}
