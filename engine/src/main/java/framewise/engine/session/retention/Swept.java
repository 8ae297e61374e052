package framewise.engine.session.retention;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts of what sweeps have deleted since the start. Safe for any number of threads. */
public final class Swept {
  /** Kinds of data that are deleted automatically. */
  public enum What {
    UPLOADS("videos"),
    RESULTS("events"),
    SESSIONS("sessions"),
    EVIDENCE("evidence files"),
    FRAMES("kept pictures"),
    INCIDENTS("incidents"),
    ORPHANS("files without a session");

    private final String words;

    What(String words) {
      this.words = words;
    }
  }

  private final Map<What, LongAdder> counts = new EnumMap<>(What.class);
  private final LongAdder sweeps = new LongAdder();

  public Swept() {
    for (What what : What.values()) {
      counts.put(what, new LongAdder());
    }
  }

  /** Number of sweeps. */
  public long sweeps() {
    return sweeps.sum();
  }

  /** Number of deleted items of a kind. */
  public long count(What what) {
    return adder(what).sum();
  }

  /** Counts deleted items. */
  public void add(What what, long many) {
    adder(what).add(many);
  }

  /** Counts a sweep. */
  public void swept() {
    sweeps.increment();
  }

  /**
   * Text for the log about deletions since an earlier {@link #snapshot}; empty if there were none.
   */
  public String since(Map<What, Long> before) {
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
  public Map<What, Long> snapshot() {
    Map<What, Long> now = new EnumMap<>(What.class);
    counts.forEach((what, adder) -> now.put(what, adder.sum()));
    return now;
  }

  private LongAdder adder(What what) {
    return counts.getOrDefault(what, new LongAdder());
  }
}
