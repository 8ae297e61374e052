package framewise.webrtc.library;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The Linux system libraries that libwebrtc's build links to, for audio and screen capture, which
 * Framewise never uses. The loader names only the first missing one; this class names all, with the
 * command that installs them.
 */
public final class SystemLibraries {
  /**
   * The output of {@code readelf -d} for 0.14.0, with the Debian and Ubuntu packages of each
   * library.
   */
  private static final Map<String, String> PACKAGES = new LinkedHashMap<>();

  static {
    PACKAGES.put("libpulse.so.0", "libpulse0");
    PACKAGES.put("libX11.so.6", "libx11-6");
    PACKAGES.put("libXfixes.so.3", "libxfixes3");
    PACKAGES.put("libXrandr.so.2", "libxrandr2");
    PACKAGES.put("libXcomposite.so.1", "libxcomposite1");
    PACKAGES.put("libdbus-1.so.3", "libdbus-1-3");
    PACKAGES.put("libudev.so.1", "libudev1");
  }

  private SystemLibraries() {}

  /** A sentence on what is missing on this machine; empty when nothing is. */
  public static Optional<String> missing() {
    return System.getProperty("os.name").startsWith("Linux")
        ? missing(SystemLibraries::loads)
        : Optional.empty();
  }

  /** The same, for a machine whose loader finds what {@code loads} accepts. */
  public static Optional<String> missing(Predicate<String> loads) {
    List<String> absent = PACKAGES.keySet().stream().filter(loads.negate()).toList();
    if (absent.isEmpty()) {
      return Optional.empty();
    }
    List<String> packages = absent.stream().map(PACKAGES::get).toList();
    return Optional.of(
        "WebRTC needs system libraries that are missing here: %s. Install them with: sudo apt-get install %s"
            .formatted(String.join(", ", absent), String.join(" ", packages)));
  }

  private static boolean loads(String library) {
    try (Arena arena = Arena.ofConfined()) {
      return SymbolLookup.libraryLookup(library, arena) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
