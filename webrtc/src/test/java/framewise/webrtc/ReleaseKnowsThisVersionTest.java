package framewise.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.webrtc.library.NativeLibrary;
import org.junit.jupiter.api.Test;

/**
 * Fails when webrtc-java is upgraded: then measure whether NativeRelease is still needed, or remove
 * it.
 */
class ReleaseKnowsThisVersionTest {
  @Test
  void theBuildUsesTheExpectedVersion() {
    assertThat(System.getProperty("framewise.webrtc.version"))
        .isEqualTo(NativeLibrary.KNOWN_VERSION);
    assertThat(NativeLibrary.known()).isTrue();
  }
}
