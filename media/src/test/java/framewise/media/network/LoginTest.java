package framewise.media.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoginTest {
  private static final Credentials MUFASA = new Credentials("Mufasa", "Circle of Life");

  @Test
  void digestWithoutQopFollowsRfc2069() {
    // The example of RFC 2069 with the response from its errata.
    var login =
        ChallengeResponse.answer(
                new Credentials("Mufasa", "CircleOfLife"),
                List.of(
                    "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\","
                        + " opaque=\"5ccc069c403ebaf9f0171e9517f40e41\""))
            .orElseThrow();
    assertThat(login.header("GET", "/dir/index.html"))
        .startsWith("Digest username=\"Mufasa\"")
        .contains("response=\"1949323746fe6a43ef61f9606e7febea\"")
        .contains("opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");
  }

  @Test
  void digestIsPreferredAndCountsRequests() {
    var login =
        ChallengeResponse.answer(
                MUFASA,
                List.of(
                    "Basic realm=\"a\"",
                    "Digest realm=\"a\", nonce=\"n\", qop=\"auth,auth-int\", algorithm=SHA-256"))
            .orElseThrow();
    assertThat(login.header("GET", "/")).contains("nc=00000001").contains("algorithm=SHA-256");
    assertThat(login.header("GET", "/")).contains("nc=00000002").contains("qop=auth,");
  }

  @Test
  void unknownSchemesAreNotAnswered() {
    assertThat(ChallengeResponse.answer(MUFASA, List.of("Negotiate", "Digest realm=\"a\"")))
        .isEmpty();
    assertThat(ChallengeResponse.answer(MUFASA, List.of("Digest nonce=\"a\", algorithm=MD4")))
        .isEmpty();
    assertThat(
            ChallengeResponse.answer(MUFASA, List.of("Basic realm=\"a\""))
                .orElseThrow()
                .header("GET", "/"))
        .isEqualTo("Basic TXVmYXNhOkNpcmNsZSBvZiBMaWZl");
  }

  @Test
  void secretsAreNotPrinted() {
    assertThat(MUFASA).hasToString("***");
    assertThat(ChallengeResponse.answer(MUFASA, List.of("Basic")).orElseThrow()).hasToString("***");
  }
}
