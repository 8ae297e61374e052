package framewise.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {
  private static final PublicAddress PUBLIC = PublicAddress.parse("198.51.100.9");

  @Provide
  Arbitrary<SessionDescription> descriptions() {
    return Descriptions.any();
  }

  @Property
  void hostCandidatesGetThePublicAddress(@ForAll("descriptions") SessionDescription own) {
    for (Candidate published : candidates(PUBLIC.applyTo(own))) {
      if (published.type().equals("host") && published.address().matches("[0-9.]+\\.[0-9]+")) {
        assertThat(published.address()).isEqualTo("198.51.100.9");
      }
    }
  }

  @Property
  void otherCandidatesStayOnce(@ForAll("descriptions") SessionDescription own) {
    SessionDescription published = PUBLIC.applyTo(own);
    for (int i = 0; i < own.media().size(); i++) {
      List<String> before = own.media().get(i).lines();
      List<String> after = published.media().get(i).lines();
      assertThat(after.stream().filter(Candidate::isCandidate)).doesNotHaveDuplicates();
      assertThat(after)
          .containsAll(
              before.stream()
                  .filter(line -> line.contains(" typ srflx") || line.startsWith("a=rtpmap"))
                  .toList());
    }
    assertThat(PUBLIC.applyTo(published)).isEqualTo(published);
  }

  @Test
  void theConnectionLineMatchesItsCandidate() {
    MediaSection section =
        new MediaSection(
            List.of(
                "m=video 40001 UDP/TLS/RTP/SAVPF 96",
                "c=IN IP4 10.0.0.3",
                "a=candidate:1 1 udp 9 10.0.0.3 40001 typ host generation 0",
                "a=candidate:2 1 udp 8 fd00::2 40002 typ host"));
    assertThat(
            PUBLIC
                .applyTo(new SessionDescription(List.of("v=0"), List.of(section)))
                .media()
                .getFirst()
                .lines())
        .containsExactly(
            "m=video 40001 UDP/TLS/RTP/SAVPF 96",
            "c=IN IP4 198.51.100.9",
            "a=candidate:1 1 udp 9 198.51.100.9 40001 typ host generation 0",
            "a=candidate:2 1 udp 8 fd00::2 40002 typ host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "example.org", "198.51.100", "198.51.100.9:8000", "auto"})
  void invalidAddressesAreRefusedWithAnExample(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PublicAddress.parse(text))
        .withMessageContaining("203.0.113.7");
  }

  private static List<Candidate> candidates(SessionDescription description) {
    return description.media().stream()
        .flatMap(section -> section.lines().stream())
        .flatMap(line -> Candidate.parse(line).stream())
        .toList();
  }
}
