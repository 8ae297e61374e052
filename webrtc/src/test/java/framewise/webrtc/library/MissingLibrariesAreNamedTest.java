package framewise.webrtc.library;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.webrtc.PeerListener;
import framewise.webrtc.PeerOptions;
import framewise.webrtc.Peers;
import framewise.webrtc.Program;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MissingLibrariesAreNamedTest {
  @Test
  void togetherWithTheInstallCommand() {
    Set<String> there = Set.of("libX11.so.6", "libdbus-1.so.3", "libudev.so.1");
    assertThat(SystemLibraries.missing(there::contains))
        .hasValueSatisfying(
            reason ->
                assertThat(reason)
                    .contains("libpulse.so.0, libXfixes.so.3")
                    .endsWith(
                        "sudo apt-get install libpulse0 libxfixes3 libxrandr2 libxcomposite1"));
    assertThat(SystemLibraries.missing(library -> true)).isEmpty();
  }

  @Test
  void thisMachineIsReady() {
    assertThat(Peers.readiness()).isEqualTo(LibraryReadiness.READY);
  }

  @Test
  void anUnwritableFolderIsNamed() throws Exception {
    Program.Run run = Program.run(List.of("-Djava.io.tmpdir=/nonexistent"), WantsAPeer.class);
    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output())
        .contains("refused: Failed to load WebRTC's native library")
        .contains("/nonexistent")
        .contains("-Djava.io.tmpdir=FOLDER")
        .contains("ready: false");
  }

  /** Requests a connection although none can be created. */
  static final class WantsAPeer {
    private WantsAPeer() {}

    public static void main(String[] args) {
      try (Peers peers = new Peers(PeerOptions.DEFAULTS)) {
        peers.publisher(PeerListener.NONE).close();
      } catch (PeersUnavailableException e) {
        System.out.println("refused: " + e.getMessage());
      }
      System.out.println("ready: " + Peers.readiness().ready());
    }
  }
}
