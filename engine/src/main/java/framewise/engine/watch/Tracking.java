package framewise.engine.watch;

import framewise.engine.incident.Incident;
import framewise.engine.incident.Moment;
import java.util.Optional;

/**
 * What a watch remembers of one session. Immutable.
 *
 * @param open incident that is open
 * @param last incident that ended last
 * @param gapMicros time of the video since it ended
 * @param newest the latest verdict
 * @param newestVerdict what it was
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
