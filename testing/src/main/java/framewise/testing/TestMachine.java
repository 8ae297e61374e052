package framewise.testing;

import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The computer that runs the tests. Thread-safe. */
public final class TestMachine {
  private static final List<String> MISSING =
      List.of(System.getProperty("framewise.missing", "").strip().split("\\s+"));

  private TestMachine() {}

  /**
   * Skips the current test or class if the launcher found that this computer lacks a tool. Without
   * the launcher nothing is skipped, and a missing tool fails the test.
   *
   * @param tool its name in {@code dev/launcher/packages.sh}: {@code ffmpeg}, {@code chromium},
   *     {@code npm}, {@code curl}, {@code gstreamer}, {@code mosquitto}, {@code coturn}, {@code
   *     postgresql}, {@code promtool} or {@code webrtc}
   */
  public static void needs(String tool) {
    Assumptions.assumeFalse(MISSING.contains(tool), tool + " is missing on this machine");
  }
}
