package framewise.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChosenLayerTest {
  private static final String RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
  private static final String REPAIRED = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";

  /** LiveKit's browser client lists its smallest layer first, its other clients the largest. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "send q;h;f | f",
        "send f;h;q | f",
        "send q;h | h",
        "send q | q",
        "send ~q;~h,x;f | f",
        "recv q;h send q;~f | f",
        "send large;small | large",
        "send a;b | a",
      })
  void theLargestLayerByName(String simulcast, String layer) {
    assertThat(ChosenLayer.of(offered(simulcast))).contains(layer);
  }

  @Test
  void layersNeedTheirOwnLine() {
    MediaSection video =
        new MediaSection(
            List.of("m=video 9 UDP/TLS/RTP/SAVPF 96", "a=rid:q send", "a=simulcast:send q;f"));
    assertThat(ChosenLayer.of(video)).contains("q");
    assertThat(ChosenLayer.of(video.without(line -> line.startsWith("a=rid:")))).isEmpty();
    assertThat(ChosenLayer.of(video.without(line -> line.startsWith("a=simulcast:")))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "max-width=320;max-height=180, max-width=1280;max-height=720, hi",
    "max-width=1280;max-height=720, max-width=320;max-height=180, lo",
    "max-br=150000, max-width=640;max-height=360, hi",
    "max-br=150000, max-fps=15, lo",
    "max-width=99999999999;max-height=1, max-width=2;max-height=2, hi"
  })
  void theLargestLayerByStatedSize(String lo, String hi, String chosen) {
    var video =
        new MediaSection(
            List.of(
                "m=video 9 UDP/TLS/RTP/SAVPF 96",
                "a=rid:lo send " + lo,
                "a=rid:hi send " + hi,
                "a=simulcast:send lo;hi"));
    assertThat(ChosenLayer.of(video)).contains(chosen);
  }

  @Test
  void theAnswerHasOneLayerAndRequiredExtensions() throws Exception {
    MediaSection video =
        section(answer(offered("send q;h;f"), "a=extmap:10 " + RID, "a=rid:q recv"));
    assertThat(video.attributes("rid")).containsExactly("f recv");
    assertThat(video.attributes("simulcast")).containsExactly("recv f");
    assertThat(video.attributes("extmap")).containsExactly("10 " + RID, "11 " + REPAIRED);
    assertThat(video.attributes("fmtp")).containsExactly("96 x-google-start-bitrate=1500");
  }

  @Test
  void videoWithoutLayersGetsTheStartRateOnly() throws Exception {
    MediaSection plain =
        offered("send f")
            .without(line -> line.startsWith("a=rid:") || line.startsWith("a=simulcast:"));
    MediaSection video = section(answer(plain));
    assertThat(video.attributes("rid")).isEmpty();
    assertThat(video.attributes("extmap")).isEmpty();
    assertThat(video.attributes("fmtp")).containsExactly("96 x-google-start-bitrate=1500");
  }

  @Test
  void otherSectionsKeepTheirLayers() throws Exception {
    MediaSection other = new MediaSection(withId(offered("send q;f"), "7"));
    assertThat(section(answer(other)).attributes("rid")).isEmpty();
  }

  private static MediaSection offered(String simulcast) {
    List<String> lines =
        new java.util.ArrayList<>(
            List.of(
                "m=video 9 UDP/TLS/RTP/SAVPF 96",
                "a=mid:3",
                "a=extmap:10/sendonly " + RID,
                "a=extmap:11 " + REPAIRED,
                "a=extmap:12 urn:ietf:params:rtp-hdrext:sdes:mid"));
    for (String name : List.of("q", "h", "f", "x", "a", "b", "large", "small")) {
      lines.add("a=rid:" + name + " send");
    }
    lines.add("a=simulcast:" + simulcast);
    return new MediaSection(lines);
  }

  private static List<String> withId(MediaSection section, String id) {
    return section.lines().stream()
        .map(line -> line.startsWith("a=mid:") ? "a=mid:" + id : line)
        .toList();
  }

  private static SessionDescription answer(MediaSection offered, String... lines)
      throws SdpRefusedException {
    String own =
        "v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:3\r\na=rtpmap:96 VP8/90000\r\n"
            + String.join("\r\n", lines);
    return ChosenLayer.answer(SessionDescription.parse(own), offered);
  }

  private static MediaSection section(SessionDescription answer) {
    return answer.media().getFirst();
  }
}
