package framewise.webrtc.sdp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The machine's public address when a router or container engine maps all ports one to one. It
 * replaces the local addresses in host candidates.
 *
 * @param address IPv4 or IPv6; candidates of the other family are unchanged
 */
public record PublicAddress(InetAddress address) {
  /**
   * Parses an IP address. Names are refused, because they would have to be resolved repeatedly.
   *
   * @throws IllegalArgumentException when it is not an address
   */
  public static PublicAddress parse(String text) {
    return new Candidate("", text.strip(), 0, "host", "")
        .literal()
        .map(PublicAddress::new)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the public address is '%s' but must be an IPv4 or IPv6 address such as 203.0.113.7"
                        .formatted(text)));
  }

  /** Rewrites a local description for publication. */
  public SessionDescription applyTo(SessionDescription own) {
    return own.mapMedia(this::applyTo);
  }

  private MediaSection applyTo(MediaSection section) {
    Set<String> hidden = new HashSet<>();
    Set<String> lines = new LinkedHashSet<>();
    List<String> out = new ArrayList<>();
    for (String line : section.lines()) {
      Optional<Candidate> host = Candidate.parse(line).filter(this::isReplaced);
      String published = line;
      if (host.isPresent()) {
        hidden.add(host.get().address());
        published = host.get().withAddress(address.getHostAddress()).toString();
      }
      // Interfaces that shared a port become one candidate.
      if (!Candidate.isCandidate(published) || lines.add(published)) {
        out.add(published);
      }
    }
    out.replaceAll(line -> isConnection(line, hidden) ? connection() : line);
    return new MediaSection(out);
  }

  private boolean isReplaced(Candidate candidate) {
    return candidate.type().equals("host")
        && candidate.literal().filter(literal -> isV4(literal) == isV4(address)).isPresent();
  }

  private static boolean isConnection(String line, Set<String> hidden) {
    String[] words = line.split(" ", -1);
    return line.startsWith("c=IN ") && words.length == 3 && hidden.contains(words[2]);
  }

  private String connection() {
    return "c=IN " + (isV4(address) ? "IP4 " : "IP6 ") + address.getHostAddress();
  }

  private static boolean isV4(InetAddress any) {
    return any instanceof Inet4Address;
  }
}
