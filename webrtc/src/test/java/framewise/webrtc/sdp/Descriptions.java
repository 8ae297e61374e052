package framewise.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generates random session descriptions like those of real peers. */
final class Descriptions {
  private static final Arbitrary<String> ADDRESSES =
      Arbitraries.of(
          "192.0.2.7",
          "10.0.0.3",
          "203.0.113.250",
          "fd00::2",
          "2001:db8::17",
          "5f1d7b2e-8a3c-4f0e.local",
          "relay.example.org",
          "2130706433",
          "fe80::1%eth0");

  /** The transport lines that every description needs. */
  static final String TRANSPORT =
      "a=ice-ufrag:xyzw\r\na=ice-pwd:v1rQ2m3nXw7sZ0aLk9Jh8Gf5\r\na=fingerprint:sha-256 "
          + "AB:".repeat(31)
          + "AB\r\n";

  private Descriptions() {}

  static Arbitrary<SessionDescription> any() {
    return sections()
        .list()
        .ofMinSize(0)
        .ofMaxSize(4)
        .map(media -> new SessionDescription(session(), media));
  }

  /** Descriptions with at least one video section in which their author sends. */
  static Arbitrary<SessionDescription> withVideo() {
    return Combinators.combine(
            sections().list().ofMaxSize(2), video("sendrecv"), sections().list().ofMaxSize(2))
        .as(
            (before, video, after) -> {
              List<MediaSection> media = new ArrayList<>(before);
              media.add(video);
              media.addAll(after);
              return new SessionDescription(session(), media);
            });
  }

  static Arbitrary<MediaSection> video(String direction) {
    return lines().map(lines -> section("m=video 9 UDP/TLS/RTP/SAVPF 96 97 102", direction, lines));
  }

  static Arbitrary<Candidate> candidates() {
    return Combinators.combine(
            Arbitraries.strings().withCharRange('0', '9').ofMinLength(1).ofMaxLength(9),
            Arbitraries.of("udp", "UDP", "tcp"),
            Arbitraries.longs().between(0, 4_294_967_295L),
            ADDRESSES,
            Arbitraries.integers().between(0, 65_535),
            Arbitraries.of("host", "srflx", "prflx", "relay"),
            Arbitraries.of("", " generation 0", " raddr 10.0.0.3 rport 4711 generation 0"))
        .as(
            (foundation, transport, priority, address, port, type, tail) ->
                new Candidate(
                    foundation + " 1 " + transport + " " + priority, address, port, type, tail));
  }

  private static Arbitrary<MediaSection> sections() {
    return Combinators.combine(
            Arbitraries.of(
                "m=audio 9 UDP/TLS/RTP/SAVPF 111",
                "m=video 9 UDP/TLS/RTP/SAVPF 96 97 102",
                "m=video 0 UDP/TLS/RTP/SAVPF 96",
                "m=application 9 UDP/DTLS/SCTP webrtc-datachannel"),
            Arbitraries.of("sendrecv", "sendonly", "recvonly", "inactive"),
            lines())
        .as(Descriptions::section);
  }

  private static MediaSection section(String media, String direction, List<String> lines) {
    List<String> all = new ArrayList<>(List.of(media, "c=IN IP4 192.0.2.7", "a=" + direction));
    all.addAll(
        List.of(
            "a=rtpmap:96 VP8/90000",
            "a=rtpmap:97 rtx/90000",
            "a=fmtp:97 apt=96",
            "a=rtpmap:102 H264/90000",
            "a=fmtp:102 packetization-mode=1"));
    all.addAll(lines);
    return new MediaSection(all);
  }

  private static Arbitrary<List<String>> lines() {
    return Arbitraries.oneOf(
            candidates().map(Candidate::toString),
            Arbitraries.of(
                "a=ssrc-group:FID 1 2",
                "a=ssrc-group:FID 3 4",
                "a=ssrc:1 cname:a",
                "a=ssrc:2 cname:a",
                "a=ssrc:3 cname:b",
                "a=ice-ufrag:xyzw",
                "a=mid:0",
                "a=rtcp-mux",
                "a=candidate:nonsense",
                "b=AS:500"))
        .list()
        .ofMaxSize(12);
  }

  private static List<String> session() {
    List<String> lines =
        new ArrayList<>(
            List.of("v=0", "o=- 4611731400430051336 2 IN IP4 127.0.0.1", "s=-", "t=0 0"));
    lines.addAll(TRANSPORT.lines().toList());
    return lines;
  }

  static String joined(List<String> lines) {
    return lines.stream().map(line -> line + "\r\n").collect(Collectors.joining());
  }
}
