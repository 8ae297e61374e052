package framewise.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import framewise.webrtc.sdp.SdpRefusedException.Reason;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private static final String RATE = "x-google-start-bitrate=1500";

  @Provide
  Arbitrary<MediaSection> sections() {
    return Descriptions.video("recvonly");
  }

  @Property
  void everyVideoCodecGetsTheStartRate(@ForAll("sections") MediaSection section) {
    MediaSection changed = SdpAnswer.withStartRate(section);
    assertThat(changed.attributes("fmtp"))
        .containsExactly("96 " + RATE, "97 apt=96", "102 packetization-mode=1;" + RATE);
    assertThat(changed.lines().stream().filter(line -> !line.startsWith("a=fmtp")))
        .isEqualTo(section.lines().stream().filter(line -> !line.startsWith("a=fmtp")).toList());
    assertThat(SdpAnswer.withStartRate(changed)).isEqualTo(changed);
  }

  @Test
  void vp8GetsItsOwnLine() throws SdpRefusedException {
    String answer =
        Descriptions.joined(
            List.of(
                "v=0",
                Descriptions.TRANSPORT.strip(),
                "m=video 9 UDP/TLS/RTP/SAVPF 96",
                "a=recvonly",
                "a=rtpmap:96 VP8/90000",
                "a=mid:0"));
    assertThat(SdpAnswer.read(answer).media().getFirst().lines())
        .containsSubsequence("a=rtpmap:96 VP8/90000", "a=fmtp:96 " + RATE, "a=mid:0");
  }

  @Test
  void answersWithoutOurVideoAreRefused() {
    for (String section :
        List.of(
            "m=video 0 UDP/TLS/RTP/SAVPF 96\r\na=recvonly\r\n",
            "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=inactive\r\n",
            "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=recvonly\r\n")) {
      assertThatExceptionOfType(SdpRefusedException.class)
          .isThrownBy(() -> SdpAnswer.read("v=0\r\n" + section))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NO_VIDEO));
    }
  }
}
