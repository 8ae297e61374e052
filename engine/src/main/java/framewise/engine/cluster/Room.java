package framewise.engine.cluster;

import java.util.Comparator;

/**
 * Load of a node, and its remaining room.
 *
 * @param streaming number of sessions that stream there
 * @param more number of sessions more that may stream there; 0 also where memory is short
 * @param free free share of its places or of its memory for video, whichever is smaller, in
 *     thousandths
 * @param busy whether its processors are busy
 */
public record Room(int streaming, int more, int free, boolean busy) implements Comparable<Room> {
  /** Smaller differences of the free share don't matter. */
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

  /** The same without room for more sessions. */
  public Room full() {
    return new Room(streaming, 0, free, busy);
  }

  /** With less room, for sessions that are about to stream. */
  public Room minus(int sessions) {
    return new Room(streaming, Math.max(0, more - sessions), free, busy);
  }
}
