package framewise.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;

/**
 * Our side of the transport in an answer.
 *
 * @param fragment of ICE
 * @param password of ICE; never printed
 * @param fingerprint of our certificate, such as {@code sha-256 0A:1B}
 * @param begins whether we begin the DTLS handshake
 * @param lite whether we send no checks of ICE
 * @param candidates under which the peer may reach us, the preferred first
 * @param id of the session, 0 or more
 * @param version of the description, one more in each
 */
public record OwnTransport(
    String fragment,
    String password,
    String fingerprint,
    boolean begins,
    boolean lite,
    List<Candidate> candidates,
    long id,
    int version) {
  public OwnTransport {
    candidates = List.copyOf(candidates);
  }

  /** The same transport in a later answer, with other credentials if ICE restarts. */
  public OwnTransport renewed(String nextFragment, String nextPassword, int nextVersion) {
    return new OwnTransport(
        nextFragment, nextPassword, fingerprint, begins, lite, candidates, id, nextVersion);
  }

  /** The first lines of an answer. */
  List<String> session() {
    List<String> lines =
        new ArrayList<>(
            List.of("v=0", "o=- %d %d IN IP4 127.0.0.1".formatted(id, version), "s=-", "t=0 0"));
    if (lite) {
      lines.add("a=ice-lite");
    }
    return lines;
  }

  /** A copy of a section with the transport's lines. */
  MediaSection addTo(MediaSection section) {
    List<String> lines = new ArrayList<>(section.lines());
    lines.set(0, lines.getFirst().replaceFirst(" [0-9/]+ ", " 9 "));
    lines.add("a=ice-ufrag:" + fragment);
    lines.add("a=ice-pwd:" + password);
    lines.add("a=fingerprint:" + fingerprint);
    lines.add("a=setup:" + (begins ? "active" : "passive"));
    candidates.forEach(candidate -> lines.add(candidate.toString()));
    lines.add("a=end-of-candidates");
    return new MediaSection(lines);
  }

  @Override
  public String toString() {
    return "OwnTransport[fragment=%s, password=***]".formatted(fragment);
  }
}
