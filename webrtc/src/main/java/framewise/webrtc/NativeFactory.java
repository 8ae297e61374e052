package framewise.webrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import framewise.webrtc.library.ExitSilencer;
import framewise.webrtc.library.LibraryReadiness;
import framewise.webrtc.library.NativeLibrary;
import framewise.webrtc.library.PeersUnavailableException;
import framewise.webrtc.library.SystemLibraries;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The process's only libwebrtc factory, with its three threads. Created for the first connection of
 * any {@link Peers} and disposed of with the last of them; until then its threads keep the JVM
 * alive.
 */
final class NativeFactory {
  private static @Nullable PeerConnectionFactory factory;
  private static @Nullable HeadlessAudioDeviceModule sound;
  private static @Nullable String broken;
  private static int users;
  private static boolean exitSilenced;

  private NativeFactory() {}

  /**
   * Whether a factory can be created, checked without loading the native library. Cheap once ready.
   */
  static synchronized LibraryReadiness readiness() {
    if (factory != null) {
      return LibraryReadiness.READY;
    }
    Optional<String> reason =
        Optional.ofNullable(broken).or(NativeFactory::noLibrary).or(SystemLibraries::missing);
    return new LibraryReadiness(reason);
  }

  /** Adds a user of the factory, who calls {@link #release} once. */
  static synchronized PeerConnectionFactory acquire() {
    PeerConnectionFactory made = factory == null ? make() : factory;
    users++;
    return made;
  }

  static synchronized void release() {
    users--;
    if (users > 0) {
      return;
    }
    PeerConnectionFactory idle = factory;
    HeadlessAudioDeviceModule silent = sound;
    factory = null;
    sound = null;
    if (idle != null) {
      idle.dispose();
    }
    if (silent != null) {
      silent.dispose();
    }
  }

  private static PeerConnectionFactory make() {
    LibraryReadiness readiness = readiness();
    if (!readiness.ready()) {
      throw new PeersUnavailableException(readiness.reason().orElseThrow());
    }
    try {
      // Without a sound card, the default module aborts the process.
      HeadlessAudioDeviceModule silent = new HeadlessAudioDeviceModule();
      sound = silent;
      PeerConnectionFactory made = new PeerConnectionFactory(silent);
      factory = made;
      if (!exitSilenced) {
        exitSilenced = true;
        ExitSilencer.register();
      }
      return made;
    } catch (LinkageError | RuntimeException e) {
      // A class that failed to load once fails for the rest of the process.
      broken = whyNot(e);
      throw new PeersUnavailableException(broken);
    }
  }

  private static Optional<String> noLibrary() {
    if (PeerConnectionFactory.class.getClassLoader().getResource(NativeLibrary.fileName())
        != null) {
      return Optional.empty();
    }
    return Optional.of(
        ("This build has no WebRTC library for %s. Build Framewise on such a machine, or"
                + " with -Pall-platforms. The library exists for Linux and macOS (x86_64, aarch64)"
                + " and Windows (x86_64).")
            .formatted(NativeLibrary.platform()));
  }

  private static String whyNot(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String said = String.valueOf(root.getMessage());
    String advice =
        said.toLowerCase(Locale.ROOT).contains("permission") || root instanceof java.io.IOException
            ? ("The library is unpacked into %s, which must exist, be writable and allow"
                    + " programs to run. Choose another folder with -Djava.io.tmpdir=FOLDER.")
                .formatted(System.getProperty("java.io.tmpdir"))
            : "Install the missing library and start again.";
    return "Failed to load WebRTC's native library: %s. %s".formatted(said, advice);
  }
}
