package framewise.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CandidateTest {
  @Provide
  Arbitrary<Candidate> candidates() {
    return Descriptions.candidates();
  }

  @Property
  void roundTrips(@ForAll("candidates") Candidate candidate) {
    assertThat(Candidate.parse(candidate.toString())).contains(candidate);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, true",
    "fd00::2, true",
    "::ffff:192.0.2.7, true",
    "5f1d7b2e.local, false",
    "example.org, false",
    "2130706433, false",
    "0x7f.1, false",
    "999.1.1.1, false",
    "fe80::1%eth0, false",
    "':', false"
  })
  void namesAndOddNumbersAreRefused(String address, boolean literal) {
    assertThat(new Candidate("1 1 udp 1", address, 9, "host", "").literal().isPresent())
        .isEqualTo(literal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=candidate:",
        "a=candidate:1 1 udp 1 192.0.2.7 70000 typ host",
        "a=candidate:1 1 udp 1 192.0.2.7 9",
        "a=mid:0"
      })
  void otherLinesAreIgnored(String line) {
    assertThat(Candidate.parse(line)).isEmpty();
  }
}
