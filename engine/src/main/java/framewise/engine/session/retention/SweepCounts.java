package framewise.engine.session.retention;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts of what sweeps have deleted since the start. Safe for any number of threads. */
public final class SweepCounts {
  /** Kinds of data that are deleted automatically. */
  public enum SweptKind {
    UPLOADS("videos"),
    RESULTS("events"),
    SESSIONS("sessions"),
    EVIDENCE("evidence files"),
    FRAMES("kept pictures"),
    INCIDENTS("incidents"),
    ORPHANS("files without a session");

    private final String words;

    SweptKind(String words) {
      this.words = words;
    }
  }

  private final Map<SweptKind, LongAdder> counts = new EnumMap<>(SweptKind.class);
  private final LongAdder sweeps = new LongAdder();

  public SweepCounts() {
    for (SweptKind what : SweptKind.values()) {
      counts.put(what, new LongAdder());
    }
  }

  /** Number of sweeps. */
  public long sweeps() {
    return sweeps.sum();
  }

  /** Number of deleted items of a kind. */
  public long count(SweptKind what) {
    return adder(what).sum();
  }

  /** Counts deleted items. */
  public void add(SweptKind what, long many) {
    adder(what).add(many);
  }

  /** Counts a sweep. */
  public void swept() {
    sweeps.increment();
  }

  /**
   * Text for the log about deletions since an earlier {@link #snapshot}; empty if there were none.
   */
  public String since(Map<SweptKind, Long> before) {
    List<String> parts = new ArrayList<>();
    counts.forEach(
        (what, adder) -> {
          long many = adder.sum() - before.getOrDefault(what, 0L);
          if (many > 0) {
            parts.add(many + " " + what.words);
          }
        });
    return String.join(", ", parts);
  }

  /** The counts now. */
  public Map<SweptKind, Long> snapshot() {
    Map<SweptKind, Long> now = new EnumMap<>(SweptKind.class);
    counts.forEach((what, adder) -> now.put(what, adder.sum()));
    return now;
  }

  private LongAdder adder(SweptKind what) {
    return counts.getOrDefault(what, new LongAdder());
  }
}
