package framewise.server.config;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** How much memory videos may take outside the Java heap. */
final class MemoryShare {
  private static final ByteSize LEAST = ByteSize.ofMegabytes(64);
  private static final ByteSize MOST = new ByteSize(1L << 40);

  /** The other half is for the Java heap, the libraries and the system. */
  private static final int SHARE = 2;

  private MemoryShare() {}

  static Optional<ByteSize> parse(String text) {
    return ByteSize.parse(text)
        .filter(size -> size.compareTo(LEAST) >= 0 && size.compareTo(MOST) <= 0);
  }

  /** Half of what the machine has, or of the limit of the control group that the process is in. */
  static ByteSize ofMachine() {
    var machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new ByteSize(Math.max(LEAST.bytes(), machine.getTotalMemorySize() / SHARE));
  }
}
