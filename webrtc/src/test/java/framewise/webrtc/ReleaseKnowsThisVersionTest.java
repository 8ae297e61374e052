package framewise.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Fails when webrtc-java moves on: then NativeRelease goes, or is measured again. */
class ReleaseKnowsThisVersionTest {
  @Test
  void theVersionOfTheBuildIsTheOneItWasMadeFor() {
    assertThat(System.getProperty("framewise.webrtc.version"))
        .isEqualTo(NativeLibrary.KNOWN_VERSION);
    assertThat(NativeLibrary.known()).isTrue();
  }
}
