package framewise.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.webrtc.PeerOptions;
import framewise.webrtc.Peers;
import framewise.webrtc.srtp.SrtpKeys;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * The first handshake of a process took a third of a second, for which the first sender waited. It
 * can be taken beforehand, without a network.
 */
class FirstHandshakeIsRehearsedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void bothSidesAgree() throws Exception {
    SrtpKeys keys = TrialHandshake.run(DtlsIdentity.create(Instant.now()), PATIENCE);
    assertThat(keys.own().key())
        .hasSameSizeAs(keys.remote().key())
        .isNotEqualTo(keys.remote().key());
  }

  @Test
  void peersCanPrepareMoreThanOnce() throws Exception {
    try (var peers = new Peers(PeerOptions.DEFAULTS)) {
      peers.prepare(PATIENCE);
      peers.prepare(PATIENCE);
    }
  }
}
