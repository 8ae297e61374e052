package framewise.engine.cluster;

import java.util.Comparator;

/**
 * Load and remaining capacity of a node.
 *
 * @param streaming number of sessions that stream there
 * @param more number of further sessions that may stream there; 0 also when memory is low
 * @param free free share of its places or of its memory for video, whichever is smaller, in
 *     thousandths
 * @param busy whether its CPU is busy
 */
public record Room(int streaming, int more, int free, boolean busy) implements Comparable<Room> {
  /**
   * Free shares are compared in steps of this size, in thousandths, so that small differences don't
   * matter.
   */
  private static final int STEP = 200;

  private static final Comparator<Room> ORDER =
      Comparator.comparing((Room room) -> room.more() > 0)
          .thenComparing(room -> !room.busy())
          .thenComparingInt(room -> room.free() / STEP)
          .thenComparing(Room::streaming, Comparator.reverseOrder());

  /** The node where a session should start compares as greater. */
  @Override
  public int compareTo(Room other) {
    return ORDER.compare(this, other);
  }

  /** A copy without capacity for further sessions. */
  public Room full() {
    return new Room(streaming, 0, free, busy);
  }

  /** A copy with capacity deducted for sessions that are about to stream. */
  public Room minus(int sessions) {
    return new Room(streaming, Math.max(0, more - sessions), free, busy);
  }
}
