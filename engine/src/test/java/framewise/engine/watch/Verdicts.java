package framewise.engine.watch;

import framewise.engine.SessionId;
import framewise.engine.incident.Incident;
import framewise.engine.incident.Moment;
import framewise.media.MediaTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Feeds verdicts to a tracker, one for each second of the video, and records the changes. */
final class Verdicts {
  static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final SessionId SESSION = SessionId.random();

  final List<IncidentTracker.Change> changes = new ArrayList<>();
  private final WatchRules rules;
  Tracking tracking = Tracking.START;
  long seq;
  int run = 1;
  double seconds;
  Instant now = NOON;
  boolean mayOpen = true;
  private int made;

  Verdicts(WatchRules rules) {
    this.rules = rules;
  }

  static WatchRules rules(int yes, int of, int no) {
    return rules(new Thresholds(yes, of, no), 0, 0, 300, 0);
  }

  static WatchRules rules(
      Thresholds thresholds, int cooldown, int minLength, int maxLength, int mergeGap) {
    return new WatchRules(
        thresholds,
        Duration.ofSeconds(cooldown),
        Duration.ofSeconds(minLength),
        Duration.ofSeconds(maxLength),
        Duration.ofSeconds(mergeGap),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty());
  }

  /** Feeds one verdict for each second: y, n or ? for unknown. */
  Verdicts say(String verdicts) {
    verdicts.chars().forEach(each -> one((char) each, 1, 0));
    return this;
  }

  /** Feeds one verdict. */
  Verdicts one(char verdict, double after, double clearness) {
    seconds += after;
    now = now.plusMillis(Math.round(after * 1_000));
    seq++;
    Verdict said =
        switch (verdict) {
          case 'y' -> Verdict.YES;
          case 'n' -> Verdict.NO;
          default -> Verdict.UNKNOWN;
        };
    IncidentTracker.Step step =
        new IncidentTracker(rules, this::incident)
            .verdict(tracking, said, moment(), clearness, mayOpen);
    tracking = step.after();
    changes.addAll(step.changes());
    return this;
  }

  Moment moment() {
    return new Moment(seq, run, MediaTime.ofSeconds(seconds), now, now);
  }

  /** The changes, such as {@code opened 3}: the kind of change and the number of the answer. */
  List<String> announced() {
    return changes.stream()
        .filter(change -> change.kind() != IncidentTracker.Kind.UPDATED)
        .map(
            change ->
                change.kind() == IncidentTracker.Kind.OPENED
                    ? "opened " + change.incident().opened().seq()
                    : "ended " + change.incident().ended().orElseThrow().seq())
        .toList();
  }

  Incident last() {
    return changes.getLast().incident();
  }

  private Incident incident(
      Moment first, Moment opening, Hysteresis.Peak peak, long count, Optional<String> continues) {
    return Incident.opened(
        "i" + ++made,
        "w",
        "Watch",
        SESSION,
        first,
        opening,
        peak.moment(),
        peak.clearness(),
        count,
        continues,
        Optional.empty());
  }
}
