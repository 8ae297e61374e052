package framewise.bench.webrtc;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The resources that this process has used so far. */
record ProcessUsage(double cpuSeconds, double seconds) {
  static ProcessUsage now() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new ProcessUsage(system.getProcessCpuTime() / 1e9, System.nanoTime() / 1e9);
  }

  /** CPU since an earlier measurement, in percent of one core. */
  double percentSince(ProcessUsage then) {
    return 100 * (cpuSeconds - then.cpuSeconds) / (seconds - then.seconds);
  }

  /** A line of output: percent of a core, pictures per second and stream, resident megabytes. */
  static String line(double percent, double pictures, Load load) throws IOException {
    return String.format(
        Locale.ROOT,
        "%.3f %.3f %d",
        percent / load.streams(),
        pictures / load.streams(),
        resident());
  }

  private static long resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
