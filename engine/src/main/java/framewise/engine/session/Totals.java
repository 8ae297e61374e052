package framewise.engine.session;

import java.util.concurrent.atomic.LongAdder;

/**
 * What all sessions together did since the data folder was opened. Safe for any number of threads.
 */
public final class Totals {
  private final LongAdder dropped = new LongAdder();
  private final LongAdder unchanged = new LongAdder();
  private final LongAdder lost = new LongAdder();

  Totals() {}

  /** How many clips were never asked about, because newer ones took their place. */
  public long dropped() {
    return dropped.sum();
  }

  /** How many clips were not asked about because nothing had changed. */
  public long unchanged() {
    return unchanged.sum();
  }

  /** How many connections to video by URL failed or were lost. */
  public long lost() {
    return lost.sum();
  }

  void addDropped(long clips) {
    dropped.add(clips);
  }

  void addUnchanged(long clips) {
    unchanged.add(clips);
  }

  void addLost() {
    lost.increment();
  }
}
