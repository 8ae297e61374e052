package framewise.engine.cluster;

import com.sun.management.OperatingSystemMXBean;
import framewise.media.memory.NativeMemory;
import java.lang.management.ManagementFactory;
import java.util.function.DoubleSupplier;

/**
 * Measures the free capacity of this node. The CPU load is smoothed over some seconds, provided
 * that it is measured three times a second. Used by one thread at a time.
 */
public final class NodeLoad {
  /** Share of the memory for video above which no further session should start. */
  private static final double FULL = 0.9;

  /**
   * CPU load from which the node counts as busy, until the load falls below {@link
   * #NO_LONGER_BUSY}.
   */
  private static final double BUSY = 0.9;

  private static final double NO_LONGER_BUSY = 0.7;

  private static final double WEIGHT = 0.1;

  private final DoubleSupplier cpu;
  private final DoubleSupplier memory;
  private double smoothed = -1;
  private boolean busy;

  /** Measures this process's machine or container. */
  public NodeLoad() {
    this(NodeLoad::cpuLoad, () -> (double) NativeMemory.used() / NativeMemory.limit());
  }

  /**
   * @param cpu CPU load from 0 to 1; negative when unknown
   * @param memory share in use of the memory for video, from 0 to 1
   */
  NodeLoad(DoubleSupplier cpu, DoubleSupplier memory) {
    this.cpu = cpu;
    this.memory = memory;
  }

  /**
   * Measures now.
   *
   * @param streaming number of sessions that stream
   * @param places number of free places for further sessions
   */
  public NodeCapacity measure(int streaming, int places) {
    double now = Math.clamp(cpu.getAsDouble(), 0, 1);
    smoothed = smoothed < 0 ? now : smoothed + WEIGHT * (now - smoothed);
    busy = smoothed > (busy ? NO_LONGER_BUSY : BUSY);
    double used = memory.getAsDouble();
    double free = Math.min(1 - used, places / (double) Math.max(1, streaming + places));
    return new NodeCapacity(
        streaming, used > FULL ? 0 : places, (int) (1_000 * Math.clamp(free, 0, 1)), busy);
  }

  private static double cpuLoad() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getCpuLoad()
        : -1;
  }
}
