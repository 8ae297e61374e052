package framewise.overshoot;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.overshoot.wire.SdpMessage;
import framewise.overshoot.wire.SocketHello;
import framewise.overshoot.wire.StreamSource;
import framewise.overshoot.wire.answer.CreateStreamResponse;
import framewise.overshoot.wire.answer.LiveKitRoom;
import framewise.overshoot.wire.answer.TurnServer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretsArePrintedAsStarsTest {

  private static final Secret SECRET = Secret.of(" ovs_swordfish\n");

  @Test
  void aSecretNeverPrintsItself() {
    assertThat(SECRET).hasToString("***");
    assertThat(SECRET.reveal()).isEqualTo("ovs_swordfish");
    assertThat(SECRET).isEqualTo(Secret.of("ovs_swordfish"));
  }

  @Test
  void noHolderPrintsItsSecret() {
    CreateStreamResponse response =
        new CreateStreamResponse(
            "s",
            Optional.of(SdpMessage.answer("a=ice-pwd:ovs_swordfish")),
            Optional.empty(),
            Optional.of(List.of(new TurnServer(List.of("turn:a"), "u", SECRET))),
            Optional.of(new LiveKitRoom("wss://x", SECRET)));
    assertThat(response.toString()).doesNotContain("swordfish").contains("***");
    assertThat(new SocketHello(SECRET).toString()).doesNotContain("swordfish");
    assertThat(new StreamSource.LiveKit("wss://x", SECRET).toString()).doesNotContain("swordfish");
    assertThat(new StreamSource.WebRtc("ovs_swordfish").toString()).doesNotContain("swordfish");
  }

  @Test
  void textsThatRepeatItAreRedacted() {
    assertThat(SECRET.maskIn("key ovs_swordfish is revoked")).isEqualTo("key *** is revoked");
    assertThat(Secret.of("").maskIn("as it was")).isEqualTo("as it was");
  }

  @Test
  void onlyPrintableSecretsAreAccepted() {
    assertThat(SECRET.fitsInHeader()).isTrue();
    assertThat(Secret.of("a b").fitsInHeader()).isFalse();
    assertThat(Secret.of("a\r\nb").fitsInHeader()).isFalse();
    assertThat(Secret.of("ключ").fitsInHeader()).isFalse();
  }
}
