package framewise.webrtc.library;

import dev.onvoid.webrtc.PeerConnectionFactory;
import java.io.IOException;
import java.net.URL;
import java.net.URLConnection;
import java.util.Locale;
import java.util.Map;

/** Identifies the build of the native library in this process. */
public final class NativeLibrary {
  /** The version with the binary layout that {@code NativeRelease} knows. */
  public static final String KNOWN_VERSION = "0.14.0";

  /**
   * File sizes of that version's libraries. A fat jar drops the versions of its parts but keeps
   * their files.
   */
  private static final Map<String, Long> KNOWN_BYTES =
      Map.of(
          "libwebrtc-java-linux-x86_64.so", 23_378_368L,
          "libwebrtc-java-linux-aarch64.so", 18_269_816L,
          "libwebrtc-java-macos-x86_64.dylib", 17_346_952L,
          "libwebrtc-java-macos-aarch64.dylib", 13_246_496L);

  private static final boolean KNOWN = isKnownVersion();

  private NativeLibrary() {}

  /**
   * Whether the build is exactly {@link #KNOWN_VERSION}, for a platform with the Itanium C++ ABI.
   */
  public static boolean known() {
    return KNOWN;
  }

  /** The library's file name in the jar. */
  public static String fileName() {
    return System.mapLibraryName("webrtc-java-" + platform());
  }

  /** Operating system and processor as in the library's file names, such as linux-x86_64. */
  public static String platform() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String system =
        name.startsWith("mac") ? "macos" : name.startsWith("windows") ? "windows" : "linux";
    String processor =
        switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64", "x86-64" -> "x86_64";
          case "aarch64", "arm64" -> "aarch64";
          default -> System.getProperty("os.arch");
        };
    return system + "-" + processor;
  }

  private static boolean isKnownVersion() {
    Long expected = KNOWN_BYTES.get(fileName());
    URL library = PeerConnectionFactory.class.getClassLoader().getResource(fileName());
    if (expected == null || library == null) {
      return false;
    }
    try {
      URLConnection file = library.openConnection();
      file.setUseCaches(false);
      try (var _ = file.getInputStream()) {
        return file.getContentLengthLong() == expected;
      }
    } catch (IOException e) {
      return false;
    }
  }
}
