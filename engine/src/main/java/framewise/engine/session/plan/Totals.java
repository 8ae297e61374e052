package framewise.engine.session.plan;

import framewise.media.network.UrlFault.Kind;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Totals of all sessions since the data folder was opened. Safe for any number of threads. */
public final class Totals {
  private final LongAdder dropped = new LongAdder();
  private final LongAdder unchanged = new LongAdder();
  private final Map<Kind, LongAdder> lost = new ConcurrentHashMap<>();

  Totals() {}

  /** Number of clips dropped because newer ones replaced them. */
  public long dropped() {
    return dropped.sum();
  }

  /** Number of clips skipped because nothing had changed. */
  public long unchanged() {
    return unchanged.sum();
  }

  /** Number of connections to video by URL that failed or were lost for this reason. */
  public long lost(Kind why) {
    LongAdder so = lost.get(why);
    return so == null ? 0 : so.sum();
  }

  /** Counts clips that newer ones replaced. */
  public void addDropped(long clips) {
    dropped.add(clips);
  }

  /** Counts clips skipped because nothing had changed. */
  public void addUnchanged(long clips) {
    unchanged.add(clips);
  }

  /** Counts a connection to video by URL that failed or was lost. */
  public void addLost(Kind why) {
    lost.computeIfAbsent(why, kind -> new LongAdder()).increment();
  }
}
