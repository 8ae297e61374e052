package framewise.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.webrtc.library.NativeLibrary;
import org.junit.jupiter.api.Test;

/** Fails when webrtc-java is upgraded: then remove NativeRelease or measure again. */
class ReleaseKnowsThisVersionTest {
  @Test
  void theBuildUsesTheExpectedVersion() {
    assertThat(System.getProperty("framewise.webrtc.version"))
        .isEqualTo(NativeLibrary.KNOWN_VERSION);
    assertThat(NativeLibrary.known()).isTrue();
  }
}
