package framewise.engine.watch;

import framewise.engine.incident.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a condition holds, from the latest verdicts: it starts to hold after k "yes" out
 * of n, and stops after m consecutive "no". Immutable. Has no clock; callers pass all times.
 *
 * @param recent the latest "yes" and "no" verdicts, oldest first; only while the condition doesn't
 *     hold
 * @param noInARow number of consecutive "no" verdicts up to now
 * @param holds whether it holds now
 * @param since first "yes" since which it holds; empty while it doesn't hold
 * @param heldMicros video time since then, in microseconds
 * @param carryMicros video time since the last "yes" or "no", in microseconds
 * @param yes number of "yes" verdicts since then
 * @param peak the clearest "yes" since then; empty while it doesn't hold
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
   * One "yes" or "no" verdict.
   *
   * @param micros video time since the previous one
   * @param clearness how clearly the answer meets the condition
   */
  record Sighting(boolean yes, Moment moment, long micros, double clearness) {}

  /** The answer that met the condition most clearly, with its clearness. */
  record Peak(Moment moment, double clearness) {
    /** The clearer of two peaks; the later one if they are equal. */
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
   * @param micros video time since the previous verdict
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

  /** Whether it contains no "yes". */
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
