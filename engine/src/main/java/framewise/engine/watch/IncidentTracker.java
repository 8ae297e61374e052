package framewise.engine.watch;

import framewise.engine.incident.EndReason;
import framewise.engine.incident.Incident;
import framewise.engine.incident.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens, continues and ends incidents of one watch in one session. Pure functions without clock and
 * state: callers pass verdicts with their times and the previous state, and get the next state.
 */
final class IncidentTracker {
  /** Minimum time between two reports of an open incident. */
  static final Duration REPORT_EVERY = Duration.ofSeconds(10);

  private static final long MICROS = 1_000_000;

  /** Kinds of changes, as types of events. */
  enum Kind {
    OPENED("incident.opened"),
    UPDATED("incident.updated"),
    ENDED("incident.ended");

    private final String type;

    Kind(String type) {
      this.type = type;
    }

    String type() {
      return type;
    }
  }

  /** A changed incident, in its new state. */
  record Change(Kind kind, Incident incident) {}

  /**
   * The state after a verdict.
   *
   * @param changes in the order in which they happened
   * @param opened number of incidents that opened
   */
  record Step(Tracking after, List<Change> changes, int opened) {
    Step {
      changes = List.copyOf(changes);
    }
  }

  /**
   * Creates an incident from its first answer, the answer that opened it, its peak, and the number
   * of answers that met the condition so far.
   */
  interface Maker {
    Incident make(
        Moment first, Moment opening, Hysteresis.Peak peak, long count, Optional<String> continues);
  }

  private final WatchRules rules;
  private final Maker maker;

  IncidentTracker(WatchRules rules, Maker maker) {
    this.rules = rules;
    this.maker = maker;
  }

  /**
   * Processes a verdict.
   *
   * @param clearness how clearly the answer meets the condition
   * @param mayOpen whether an incident may open now
   */
  Step verdict(Tracking before, Verdict verdict, Moment moment, double clearness, boolean mayOpen) {
    var changes = new ArrayList<Change>();
    long micros = before.newest().map(moment::microsSince).orElse(0L);
    Hysteresis hysteresis =
        before.hysteresis().next(verdict, moment, micros, clearness, rules.thresholds());
    Optional<Incident> open = before.open().map(incident -> incident.longer(micros));
    Optional<Incident> last = before.last();
    long gap = before.gapMicros() + micros;
    int opened = 0;

    if (open.isPresent()) {
      Incident incident = open.get();
      if (verdict == Verdict.YES) {
        incident = incident.seen(moment, clearness);
      }
      Optional<EndReason> over = reasonToEnd(incident, hysteresis);
      if (over.isPresent()) {
        incident = incident.ended(moment, over.get());
        changes.add(new Change(Kind.ENDED, incident));
        open = Optional.empty();
        last = Optional.of(incident);
        gap = 0;
        if (over.get() == EndReason.MAX_LENGTH && verdict == Verdict.YES && mayOpen) {
          var peak = new Hysteresis.Peak(moment, clearness);
          Incident next = maker.make(moment, moment, peak, 1, Optional.of(incident.id()));
          changes.add(new Change(Kind.OPENED, next));
          open = Optional.of(next);
          opened++;
        }
      } else {
        if (verdict == Verdict.YES && isDue(incident.reported(), moment.at())) {
          incident = incident.reportedAt(moment.at());
          changes.add(new Change(Kind.UPDATED, incident));
        }
        open = Optional.of(incident);
      }
    } else if (verdict == Verdict.YES
        && hysteresis.holds()
        && hysteresis.heldMicros() >= micros(rules.minLength())
        && mayOpen) {
      Moment first = hysteresis.since().orElse(moment);
      long since = Math.max(0, gap - hysteresis.heldMicros());
      var peak = hysteresis.peak().orElse(new Hysteresis.Peak(moment, clearness));
      Optional<Incident> former = last.filter(one -> mayMerge(one, first, since));
      if (former.isPresent() && fits(former.get(), gap)) {
        Incident again =
            former
                .get()
                .reopened(gap, hysteresis.yes() - 1, moment.at())
                .clearer(peak.moment(), peak.clearness())
                .seen(moment, clearness);
        changes.add(new Change(Kind.UPDATED, again));
        open = Optional.of(again);
        last = Optional.empty();
      } else if (former.isPresent() || hasCooledDown(last, gap, moment.at())) {
        Incident next = maker.make(first, moment, peak, hysteresis.yes(), former.map(Incident::id));
        next = next.longer(hysteresis.heldMicros());
        changes.add(new Change(Kind.OPENED, next));
        open = Optional.of(next);
        opened++;
      }
    }
    return new Step(
        new Tracking(hysteresis, open, last, gap, Optional.of(moment), verdict), changes, opened);
  }

  /** Ends the open incident, if there is one, and discards all verdicts so far. */
  static Step end(Tracking before, Moment moment, EndReason why) {
    List<Change> changes = new ArrayList<>();
    Optional<Incident> last = before.last();
    if (before.open().isPresent()) {
      Incident ended = before.open().get().ended(moment, why);
      changes.add(new Change(Kind.ENDED, ended));
      last = Optional.of(ended);
    }
    return new Step(
        new Tracking(
            Hysteresis.START,
            Optional.empty(),
            last,
            before.open().isPresent() ? 0 : before.gapMicros(),
            Optional.empty(),
            Verdict.UNKNOWN),
        changes,
        0);
  }

  private Optional<EndReason> reasonToEnd(Incident incident, Hysteresis hysteresis) {
    if (!hysteresis.holds()) {
      return Optional.of(EndReason.CLEARED);
    }
    return incident.lengthMicros() >= micros(rules.maxLength())
        ? Optional.of(EndReason.MAX_LENGTH)
        : Optional.empty();
  }

  /**
   * Whether a new span may be merged into the previous incident. Only within a run, because the
   * next run may show another part of the video.
   */
  private boolean mayMerge(Incident former, Moment first, long gapMicros) {
    return former.endReason().equals(Optional.of(EndReason.CLEARED))
        && former.last().run() == first.run()
        && gapMicros <= micros(rules.mergeGap())
        && rules.mergeGap().isPositive();
  }

  private boolean fits(Incident former, long gapMicros) {
    return former.lengthMicros() + gapMicros < micros(rules.maxLength());
  }

  /**
   * Whether the cooldown has passed, by wall-clock time or, if the clock was set back, by video
   * time.
   */
  private boolean hasCooledDown(Optional<Incident> former, long gapMicros, Instant now) {
    Optional<Instant> ended = former.flatMap(Incident::ended).map(Moment::at);
    return ended.isEmpty()
        || Duration.between(ended.get(), now).compareTo(rules.cooldown()) >= 0
        || (gapMicros > 0 && gapMicros >= micros(rules.cooldown()));
  }

  private static boolean isDue(Instant reported, Instant now) {
    return Duration.between(reported, now).abs().compareTo(REPORT_EVERY) >= 0;
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / (1_000_000_000 / MICROS);
  }
}
