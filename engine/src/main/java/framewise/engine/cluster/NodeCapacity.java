package framewise.engine.cluster;

import java.util.Comparator;

/**
 * Load and remaining capacity of a node.
 *
 * @param streaming number of sessions that stream there
 * @param freeSessions number of further sessions that may stream there; 0 also when memory is low
 * @param freeShare free share of its places or of its memory for video, whichever is smaller, in
 *     thousandths
 * @param busy whether its CPU is busy
 */
public record NodeCapacity(int streaming, int freeSessions, int freeShare, boolean busy)
    implements Comparable<NodeCapacity> {
  /**
   * Free shares are compared in steps of this size, in thousandths, so that small differences don't
   * matter.
   */
  private static final int STEP = 200;

  private static final Comparator<NodeCapacity> ORDER =
      Comparator.comparing((NodeCapacity room) -> room.freeSessions() > 0)
          .thenComparing(room -> !room.busy())
          .thenComparingInt(room -> room.freeShare() / STEP)
          .thenComparing(NodeCapacity::streaming, Comparator.reverseOrder());

  /** The node where a session should start compares as greater. */
  @Override
  public int compareTo(NodeCapacity other) {
    return ORDER.compare(this, other);
  }

  /** A copy without capacity for further sessions. */
  public NodeCapacity full() {
    return new NodeCapacity(streaming, 0, freeShare, busy);
  }

  /** A copy with capacity deducted for sessions that are about to stream. */
  public NodeCapacity minus(int sessions) {
    return new NodeCapacity(streaming, Math.max(0, freeSessions - sessions), freeShare, busy);
  }
}
