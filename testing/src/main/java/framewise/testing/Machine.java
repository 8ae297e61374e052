package framewise.testing;

import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The machine that runs the tests. Thread-safe. */
public final class Machine {
  private static final List<String> MISSING =
      List.of(System.getProperty("framewise.missing", "").strip().split("\\s+"));

  private Machine() {}

  /**
   * Skips the test that runs, or the class that is set up, where the launcher found that this
   * machine lacks a tool. Without the launcher nothing is skipped, and a tool that is missing fails
   * the test.
   *
   * @param tool as {@code dev/launcher/packages.sh} names it: {@code ffmpeg}, {@code chromium},
   *     {@code npm}, {@code curl}, {@code gstreamer}, {@code promtool} or {@code webrtc}
   */
  public static void needs(String tool) {
    Assumptions.assumeFalse(MISSING.contains(tool), tool + " is missing on this machine");
  }
}
