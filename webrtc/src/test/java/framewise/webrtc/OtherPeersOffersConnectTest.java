package framewise.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.webrtc.sdp.Candidate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OtherPeersOffersConnectTest {
  @Test
  void noCandidatesAtAll() throws Exception {
    connects(offer -> lines(offer, line -> Candidate.isCandidate(line) ? "" : line));
  }

  @Test
  void onlyMdnsCandidates() throws Exception {
    connects(
        offer ->
            lines(
                offer,
                line ->
                    Candidate.parse(line)
                        .map(any -> any.withAddress("1b9c4b2e-77d0-4f0e.local").toString())
                        .orElse(line)));
  }

  @Test
  void sendrecvIsAnsweredWithRecvonly() throws Exception {
    Pair pair = connects(offer -> offer.replace("a=sendonly", "a=sendrecv"));
    assertThat(pair.answer).contains("a=recvonly").doesNotContain("a=sendrecv");
  }

  @Test
  void h264Only() throws Exception {
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Pair pair =
            new Pair(
                peers, offer -> offer.replaceAll("VP8/90000", "unknown/90000"), answer -> answer)) {
      pair.exchange(320, 240).close();
      assertThat(pair.receiver.stats().codec()).contains("video/H264");
    }
  }

  @Test
  void bundledAudioIsInactive() throws Exception {
    String sound =
        """
        m=audio 9 UDP/TLS/RTP/SAVPF 111
        c=IN IP4 0.0.0.0
        a=mid:1
        a=sendrecv
        a=rtcp-mux
        a=rtpmap:111 opus/48000/2
        a=setup:actpass
        """;
    String[] answered = new String[1];
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Pair pair =
            new Pair(
                peers,
                offer ->
                    offer.replace("a=group:BUNDLE 0", "a=group:BUNDLE 0 1")
                        + (sound + transport(offer)).replace("\n", "\r\n"),
                answer -> {
                  answered[0] = answer;
                  // The publisher never offered audio and must not see the answer to it.
                  return answer
                      .replace("a=group:BUNDLE 0 1", "a=group:BUNDLE 0")
                      .replaceFirst("(?s)m=audio.*", "");
                })) {
      pair.exchange(320, 240).close();
      assertThat(answered[0].substring(answered[0].indexOf("m=audio"))).contains("a=inactive");
    }
  }

  @Test
  void anIncompleteBundleOfFfmpeg() throws Exception {
    connects(
        offer -> {
          String group = "a=ssrc-group:FID ";
          String second =
              offer.split(group, -1)[1].lines().findFirst().orElseThrow().split(" ", -1)[1];
          return lines(offer, line -> line.startsWith("a=ssrc:" + second + " ") ? "" : line)
              .replace("a=setup:actpass", "a=setup:passive");
        });
  }

  @Test
  void mdnsCandidatesInTheAnswer() throws Exception {
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Pair pair =
            new Pair(
                peers,
                offer -> offer,
                answer ->
                    answer.replaceFirst(
                        "(a=candidate:[^\r]*) typ", "a=candidate:7 1 udp 7 x.local 9 typ"))) {
      assertThat(pair.answer).contains("x.local");
      pair.exchange(320, 240).close();
    }
  }

  private static Pair connects(UnaryOperator<String> change) throws Exception {
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Pair pair = new Pair(peers, change, answer -> answer)) {
      pair.exchange(320, 240).close();
      assertThat(pair.receiver.state()).isEqualTo(ConnectionState.CONNECTED);
      assertThat(pair.answer.lines().filter(Candidate::isCandidate)).isNotEmpty();
      return pair;
    }
  }

  private static String transport(String offer) {
    return offer
        .lines()
        .filter(line -> line.startsWith("a=ice-") || line.startsWith("a=fingerprint"))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private static String lines(String text, UnaryOperator<String> change) {
    return text.lines()
        .map(change)
        .filter(line -> !line.isEmpty())
        .map(line -> line + "\r\n")
        .collect(Collectors.joining());
  }
}
