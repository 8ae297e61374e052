package framewise.server.config;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** Memory for videos outside the Java heap. */
final class MemoryShare {
  private static final ByteSize MIN_SIZE = ByteSize.ofMegabytes(64);
  private static final ByteSize MAX_SIZE = new ByteSize(1L << 40);

  /** Divisor of the memory; the rest is for the Java heap, the libraries and the system. */
  private static final int SHARE = 2;

  private MemoryShare() {}

  static Optional<ByteSize> parse(String text) {
    return ByteSize.parse(text)
        .filter(size -> size.compareTo(MIN_SIZE) >= 0 && size.compareTo(MAX_SIZE) <= 0);
  }

  /** Half of the machine's memory, or of the limit of the process's control group. */
  static ByteSize ofMachine() {
    var machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new ByteSize(Math.max(MIN_SIZE.bytes(), machine.getTotalMemorySize() / SHARE));
  }
}
