package framewise.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import framewise.media.network.AddressRule;
import framewise.webrtc.sdp.SdpRefusedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only known parts of a remote description are kept, in a normalised form. */
class RemoteDescriptionTest {
  private static final AddressRule ANY = address -> Optional.empty();
  private static final List<String> OFFERS =
      List.of("browser.sdp", "muxer.sdp", "simulcast.sdp", "small.sdp");

  static Stream<String> attributes() {
    return Stream.concat(
            RemoteAttributes.MEDIA.keySet().stream(), RemoteAttributes.SESSION.keySet().stream())
        .distinct();
  }

  @Provide
  Arbitrary<String> values() {
    Arbitrary<String> plain = Arbitraries.of(" ", ":", "=", ";", "/", "96", "a", "send", "1 ");
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(3, plain),
            net.jqwik.api.Tuple.of(1, Arbitraries.of("%n", "%p", "%", "%1$s")),
            net.jqwik.api.Tuple.of(
                1, Arbitraries.strings().ofMaxLength(8).filter(text -> !text.isBlank())))
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(
        Stream.concat(attributes(), Stream.of("candidate", "crypto", "rtcp", "%n")).toList());
  }

  @Property
  void onlySafeTextIsPrinted(@ForAll("names") String name, @ForAll("values") String value)
      throws IOException {
    String line = "a=" + name + ":" + value.replaceAll("\\R", " ") + "\r\n";
    for (String text : List.of(offer("small.sdp") + line, line(1, "small.sdp", line))) {
      try {
        SessionDescription read = RemoteDescription.read(text, ANY);
        assertThat(read.toString()).matches(NativeText::isSafe);
        assertThat(RemoteDescription.read(read.toString(), ANY)).isEqualTo(read);
      } catch (SdpRefusedException e) {
        // Error messages never quote the sender: a percent sign could come only from there.
        assertThat(e.getMessage()).matches(NativeText::isSafe);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("attributes")
  void aPercentSignInAnAttributeIsRefusedOrDropped(String name) throws Exception {
    String line = "a=%s:%%n%%n%%n\r\n".formatted(name);
    String text = offer("small.sdp") + line;
    int number = (int) text.lines().count();
    if (RemoteAttributes.MEDIA.containsKey(name) && RemoteAttributes.MEDIA.get(name).essential()) {
      assertThatExceptionOfType(SdpRefusedException.class)
          .isThrownBy(() -> RemoteDescription.read(text, ANY))
          .withMessageContaining("Line %d is not a valid a=%s line.".formatted(number, name))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
    } else {
      assertThat(RemoteDescription.read(text, ANY))
          .isEqualTo(RemoteDescription.read(offer("small.sdp"), ANY));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m=video 9 UDP/TLS/RTP/SAVPF %n",
        "m=video 9 %n 96",
        "m=video 9 UDP/TLS/RTP/SAVPF 128",
        "m=video 9 UDP/TLS/RTP/SAVPF x",
        "m=sound 9 UDP/TLS/RTP/SAVPF 96",
        "m=%n 9 UDP/TLS/RTP/SAVPF 96"
      })
  void malformedMediaLinesAreRefused(String line) throws Exception {
    String text = offer("small.sdp") + line + "\r\n";
    assertThatExceptionOfType(SdpRefusedException.class)
        .isThrownBy(() -> RemoteDescription.read(text, ANY))
        .withMessageContaining("Line %d is".formatted(text.lines().count()))
        .withMessageContaining("m=")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("%", "128", "sound"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i=%n",
        "u=%n",
        "e=%n",
        "p=%n",
        "k=%n",
        "z=%n",
        "r=%n",
        "a=unknown:%n",
        "a=%n",
        "a=\u00e9:1",
        "b=AS:%n",
        "b=%n:1",
        "a=candidate:%n 1 udp 1 192.0.2.7 9 typ host",
        "a=x:\ud83d\ude00"
      })
  void unknownLinesAreDropped(String line) throws Exception {
    assertThat(RemoteDescription.read(offer("small.sdp") + line + "\r\n", ANY))
        .isEqualTo(RemoteDescription.read(offer("small.sdp"), ANY));
  }

  @Test
  void senderNamesAreReplaced() throws Exception {
    String read =
        RemoteDescription.read(
                """
                v=0
                o=%n %n 1 IN IP4 %n
                s=%n
                t=%n
                c=IN IP4 %n
                m=video 9 UDP/TLS/RTP/SAVPF 96
                c=IN IP4 %n
                a=ssrc:7 cname:%n
                """,
                ANY)
            .toString();
    assertThat(read)
        .isEqualToNormalizingNewlines(
            """
            v=0
            o=- 1 1 IN IP4 127.0.0.1
            s=-
            t=0 0
            m=video 9 UDP/TLS/RTP/SAVPF 96
            c=IN IP4 0.0.0.0
            a=ssrc:7 cname:peer
            """);
  }

  @Test
  void layersAndDataChannelsAreKept() throws Exception {
    String read = RemoteDescription.read(offer("simulcast.sdp"), ANY).toString();
    assertThat(read)
        .contains(
            "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
            "a=sctp-port:5000",
            "a=max-message-size:262144",
            "a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
            "a=extmap:11 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id",
            "a=rid:q send",
            "a=simulcast:send q;h;f",
            "a=msid:- TR_VCxyz",
            "a=candidate:1 1 udp 2130706431 192.0.2.9 40000 typ host generation 0",
            "a=candidate:2 1 udp 1694498815 fd00:0:0:0:0:0:0:7 40002 typ relay generation 0")
        .doesNotContain("40001");
  }

  /** Seen: it was dropped, so that the largest layer was known by LiveKit's names only. */
  @Test
  void statedSizeOfALayerIsKept() throws Exception {
    String offer =
        offer("simulcast.sdp")
            .replace(
                "a=rid:q send",
                "a=rid:q send pt=96;max-width=320;max-height=180;max-br=%n;max-width=9;x")
            .replace("a=rid:h send", "a=rid:h send max-width=999999");
    assertThat(RemoteDescription.read(offer, ANY).toString())
        .contains("a=rid:q send max-width=320;max-height=180\r\n", "a=rid:h send\r\n");
  }

  @Test
  void onlyKnownCodecParametersAreKept() throws Exception {
    String text =
        offer("small.sdp")
            + "a=rtpmap:99 H265/90000\r\na=fmtp:99 level-id=93; x=%n ;tier-flag=0;=\r\n";
    assertThat(RemoteDescription.read(text, ANY).media().getFirst().attributes("fmtp"))
        .contains("99 level-id=93;tier-flag=0");
  }

  @Test
  void limitsAreExact() throws Exception {
    String start = offer("small.sdp");
    RemoteDescription.read(start + sources(255), ANY);
    assertTooLarge(start + sources(256), "more than 256 lines a=ssrc");
    RemoteDescription.read(start + "a=x\r\n".repeat(4_096 - lines(start)), ANY);
    assertTooLarge(start + "a=x\r\n".repeat(4_097 - lines(start)), "more than 4096 lines");
    RemoteDescription.read(start + "a=" + "x".repeat(4_094) + "\r\n", ANY);
    assertTooLarge(start + "a=" + "x".repeat(4_095) + "\r\n", "more than 4096 characters in line");
    String section = "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n";
    RemoteDescription.read(start + section.repeat(31), ANY);
    assertTooLarge(start + section.repeat(32), "more than 32 media sections");
    String candidate = "a=candidate:1 1 udp 1 192.0.2.7 9 typ host\r\n";
    RemoteDescription.read(start + candidate.repeat(255), ANY);
    assertTooLarge(start + candidate.repeat(256), "more than 256 candidates");
  }

  @Test
  void atMostEightCandidatesAreKept() throws Exception {
    StringBuilder text = new StringBuilder(offer("simulcast.sdp"));
    for (int i = 1; i <= 100; i++) {
      text.append("a=candidate:1 1 udp 1 192.0.2.%d 9 typ host\r\n".formatted(i));
    }
    assertThat(
            RemoteDescription.read(text.toString(), ANY).media().stream()
                .flatMap(section -> section.attributes("candidate"))
                .distinct())
        .hasSize(8);
  }

  @Test
  void missingRequiredLinesAreNamed() throws Exception {
    for (String name : List.of("ice-ufrag", "ice-pwd", "fingerprint")) {
      String text = offer("small.sdp").replaceAll("a=" + name + ":.*\r\n", "");
      assertThatExceptionOfType(SdpRefusedException.class)
          .isThrownBy(() -> Offer.read(text, ANY))
          .withMessageContaining("It has no line a=%s.".formatted(name));
    }
  }

  @Test
  void offersOfKnownSendersAreAccepted() throws Exception {
    for (String name : OFFERS) {
      assertThat(Offer.read(offer(name), ANY).video()).as(name).isPresent();
    }
  }

  private static void assertTooLarge(String text, String why) {
    assertThatExceptionOfType(SdpRefusedException.class)
        .isThrownBy(() -> RemoteDescription.read(text, ANY))
        .withMessageContaining(why)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
  }

  private static int lines(String text) {
    return (int) text.lines().count();
  }

  private static String sources(int count) {
    return "a=ssrc:42 cname:x\r\n".repeat(count);
  }

  /** The text of a file with one more line at a position. */
  private static String line(int at, String name, String line) throws IOException {
    List<String> lines = new java.util.ArrayList<>(offer(name).lines().toList());
    lines.add(at, line.strip());
    return String.join("\r\n", lines) + "\r\n";
  }

  private static String offer(String name) throws IOException {
    try (InputStream in =
        RemoteDescriptionTest.class.getResourceAsStream("/framewise/webrtc/offers/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\n", "\r\n");
    }
  }
}
