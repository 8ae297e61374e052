package framewise.engine.watch;

import framewise.engine.incident.Incident;
import framewise.engine.incident.Moment;
import java.util.Optional;

/**
 * State of a watch in one session. Immutable.
 *
 * @param open the open incident
 * @param last the incident that ended last
 * @param gapMicros video time since it ended, in microseconds
 * @param newest time of the latest verdict
 * @param newestVerdict the latest verdict
 */
record Tracking(
    Hysteresis hysteresis,
    Optional<Incident> open,
    Optional<Incident> last,
    long gapMicros,
    Optional<Moment> newest,
    Verdict newestVerdict) {
  static final Tracking START =
      new Tracking(
          Hysteresis.START,
          Optional.empty(),
          Optional.empty(),
          0,
          Optional.empty(),
          Verdict.UNKNOWN);

  Tracking with(Optional<Incident> nowOpen, Optional<Incident> endedLast) {
    return new Tracking(hysteresis, nowOpen, endedLast, gapMicros, newest, newestVerdict);
  }
}
