package framewise.engine.incident;

import framewise.engine.SessionId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Filter for incidents. Empty values do not filter.
 *
 * @param visible sessions that the reader may see
 * @param open true for open incidents only, false for ended ones only
 * @param from only incidents that opened at or after this time
 * @param to only incidents that opened before this time
 * @param before id of an incident: only those that opened before it
 * @param acknowledged true for acknowledged incidents only, false for others only
 */
public record IncidentFilter(
    Optional<Set<SessionId>> visible,
    Optional<SessionId> session,
    Optional<String> watch,
    Optional<Boolean> open,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<String> before,
    Optional<Boolean> acknowledged) {
  /** All incidents. */
  public static final IncidentFilter ALL =
      new IncidentFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** All open incidents. */
  public static final IncidentFilter OPEN =
      new IncidentFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(true),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public IncidentFilter {
    visible = visible.map(Set::copyOf);
  }

  /** Open incidents of a watch. */
  public static IncidentFilter openOf(String watch) {
    return new IncidentFilter(
        Optional.empty(),
        Optional.empty(),
        Optional.of(watch),
        Optional.of(true),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Incidents of a watch in these sessions; empty for all sessions. */
  public static IncidentFilter of(String watch, Optional<Set<SessionId>> visible) {
    return new IncidentFilter(
        visible,
        Optional.empty(),
        Optional.of(watch),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
