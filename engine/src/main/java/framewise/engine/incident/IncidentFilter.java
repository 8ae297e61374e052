package framewise.engine.incident;

import framewise.engine.SessionId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which incidents to list. Empty values mean no condition.
 *
 * @param visible sessions that the reader may see
 * @param open whether they are open
 * @param from earliest opening
 * @param to opened before this
 * @param before id of an incident: only those that opened before it
 * @param acknowledged whether a person has acknowledged them
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
