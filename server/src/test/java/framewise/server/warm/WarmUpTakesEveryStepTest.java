package framewise.server.warm;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.picture.FramePool;
import framewise.webrtc.PeerOptions;
import framewise.webrtc.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A step that failed would delay the first answer, and nothing else would show it. */
@Timeout(60)
class WarmUpTakesEveryStepTest {
  @Test
  void noStepFailsAndNothingIsLeft() throws Exception {
    try (var peers = new Peers(PeerOptions.DEFAULTS)) {
      var warmUp = new WarmUp(peers);
      warmUp.prepare();
      assertThat(warmUp.ask()).isEqualTo("Nothing.");
      assertThat(FramePool.inUse()).isZero();
    }
  }

  @Test
  void peersThatAreClosedMeanwhileDoNoHarm() throws Exception {
    var peers = new Peers(PeerOptions.DEFAULTS);
    peers.close();
    WarmUp.start(peers);
  }
}
