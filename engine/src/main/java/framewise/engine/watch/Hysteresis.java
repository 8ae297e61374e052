package framewise.engine.watch;

import framewise.engine.incident.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a condition holds, by its latest verdicts: it begins to hold with k yes of n, and no
 * longer holds after m no in a row. Immutable, and without a clock: times are given.
 *
 * @param recent the latest verdicts that are yes or no, oldest first; only while it doesn't hold
 * @param noInARow number of latest verdicts that are no
 * @param holds whether it holds now
 * @param since first yes that it holds since; empty while it doesn't hold
 * @param heldMicros time of the video since then
 * @param carryMicros time of the video since the last verdict that was yes or no
 * @param yes number of yes since then
 * @param peak the clearest yes since then; empty while it doesn't hold
 */
record Hysteresis(
    List<Sighting> recent,
    int noInARow,
    boolean holds,
    Optional<Moment> since,
    long heldMicros,
    long carryMicros,
    long yes,
    Optional<Peak> peak) {
  static final Hysteresis START =
      new Hysteresis(List.of(), 0, false, Optional.empty(), 0, 0, 0, Optional.empty());

  /**
   * One verdict.
   *
   * @param micros time of the video since the one before
   * @param clearness how clearly it meets the condition
   */
  record Sighting(boolean yes, Moment moment, long micros, double clearness) {}

  /** The answer that met the condition most clearly, and how clearly. */
  record Peak(Moment moment, double clearness) {
    /** The clearer of two; the later one where they are equal. */
    Peak or(Peak later) {
      return clearness > later.clearness ? this : later;
    }
  }

  Hysteresis {
    recent = List.copyOf(recent);
  }

  /**
   * The state after one more verdict.
   *
   * @param micros time of the video since the verdict before
   * @param clearness how clearly the answer meets the condition
   */
  Hysteresis next(
      Verdict verdict, Moment moment, long micros, double clearness, Thresholds thresholds) {
    if (verdict == Verdict.UNKNOWN) {
      return new Hysteresis(
          recent, noInARow, holds, since, heldMicros, carryMicros + micros, yes, peak);
    }
    boolean met = verdict == Verdict.YES;
    long passed = carryMicros + micros;
    int no = met ? 0 : noInARow + 1;
    if (holds && no >= thresholds.noInARow()) {
      return START;
    }
    if (holds) {
      return new Hysteresis(
          List.of(),
          no,
          true,
          since,
          heldMicros + passed,
          0,
          yes + (met ? 1 : 0),
          met ? peak.map(former -> former.or(new Peak(moment, clearness))) : peak);
    }
    List<Sighting> window = new ArrayList<>(recent);
    window.add(new Sighting(met, moment, passed, clearness));
    while (window.size() > thresholds.of()) {
      window.removeFirst();
    }
    long count = window.stream().filter(Sighting::yes).count();
    if (!met || count < thresholds.yes()) {
      return new Hysteresis(window, no, false, Optional.empty(), 0, 0, 0, Optional.empty());
    }
    int first = firstYes(window);
    long held = window.stream().skip(first + 1L).mapToLong(Sighting::micros).sum();
    return new Hysteresis(
        List.of(),
        0,
        true,
        Optional.of(window.get(first).moment()),
        held,
        0,
        count,
        window.stream()
            .filter(Sighting::yes)
            .map(one -> new Peak(one.moment(), one.clearness()))
            .reduce(Peak::or));
  }

  /** Whether no yes is remembered. */
  boolean isBlank() {
    return !holds && recent.stream().noneMatch(Sighting::yes);
  }

  private static int firstYes(List<Sighting> window) {
    int first = 0;
    while (!window.get(first).yes()) {
      first++;
    }
    return first;
  }
}
