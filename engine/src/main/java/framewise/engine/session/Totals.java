package framewise.engine.session;

import framewise.media.network.UrlFault.Kind;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What all sessions together did since the data folder was opened. Safe for any number of threads.
 */
public final class Totals {
  private final LongAdder dropped = new LongAdder();
  private final LongAdder unchanged = new LongAdder();
  private final Map<Kind, LongAdder> lost = new ConcurrentHashMap<>();

  Totals() {}

  /** How many clips were never asked about, because newer ones took their place. */
  public long dropped() {
    return dropped.sum();
  }

  /** How many clips were not asked about because nothing had changed. */
  public long unchanged() {
    return unchanged.sum();
  }

  /** How many connections to video by URL failed or were lost for this reason. */
  public long lost(Kind why) {
    LongAdder so = lost.get(why);
    return so == null ? 0 : so.sum();
  }

  void addDropped(long clips) {
    dropped.add(clips);
  }

  void addUnchanged(long clips) {
    unchanged.add(clips);
  }

  void addLost(Kind why) {
    lost.computeIfAbsent(why, kind -> new LongAdder()).increment();
  }
}
