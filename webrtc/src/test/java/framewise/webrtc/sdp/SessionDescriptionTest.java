package framewise.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import framewise.webrtc.sdp.SdpRefusedException.Reason;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionDescriptionTest {
  @Provide
  Arbitrary<SessionDescription> descriptions() {
    return Descriptions.any();
  }

  @Property
  void roundTrips(@ForAll("descriptions") SessionDescription description)
      throws SdpRefusedException {
    assertThat(SessionDescription.parse(description.toString())).isEqualTo(description);
    assertThat(SessionDescription.parse(description.toString().replace("\r\n", "\n")))
        .isEqualTo(description);
  }

  @Property
  void anyTextIsParsedOrRefused(@ForAll String text) {
    try {
      SessionDescription read = SessionDescription.parse(text);
      assertThat(read.session().getFirst()).isEqualTo("v=0");
    } catch (SdpRefusedException e) {
      assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
      assertThat(e).hasMessageContaining("session description");
    }
  }

  @Property
  void truncatedTextIsParsedOrRefused(
      @ForAll("descriptions") SessionDescription description, @ForAll double where) {
    String text = description.toString();
    int end = (int) (Math.abs(where) % 1 * text.length());
    try {
      assertThat(SessionDescription.parse(text.substring(0, end)).session()).isNotEmpty();
    } catch (SdpRefusedException e) {
      assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "{\"sdp\":\"v=0\"}",
        "s=-\r\nv=0\r\n",
        "v=0\r\nm=video\r\n",
        "v=0\r\nm=video 123456 X 1\r\n",
        "v=0\r\na=x\0y\r\n",
        "v=0\r\nA=x\r\n",
        "v=0\r\na\r\n"
      })
  void otherTextIsMalformed(String text) {
    assertThatExceptionOfType(SdpRefusedException.class)
        .isThrownBy(() -> SessionDescription.parse(text))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
  }

  @Test
  void longDescriptionsAreRefused() throws SdpRefusedException {
    String start = "v=0\r\na=x:";
    String line = "a=" + "x".repeat(1_020) + "\r\n";
    String most = "v=0\r\n" + line.repeat((SessionDescription.MAX_BYTES - 5) / line.length());
    assertThat(SessionDescription.parse(most).session()).hasSize(256);
    assertTooLarge(most + line);
    // A text of 1 MB, and one of three-byte characters whose number is within the limit but whose
    // size is not.
    assertTooLarge(start + "x".repeat(1 << 20));
    assertTooLarge(start + "\u20ac".repeat(SessionDescription.MAX_BYTES / 2));
  }

  @Test
  void tooManyMediaSectionsAreRefused() {
    String section = "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n";
    assertTooLarge("v=0\r\n" + section.repeat(SessionDescription.MAX_MEDIA_SECTIONS + 1));
  }

  private static void assertTooLarge(String text) {
    assertThatExceptionOfType(SdpRefusedException.class)
        .isThrownBy(() -> SessionDescription.parse(text))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE))
        .withMessageContaining("Send");
  }
}
