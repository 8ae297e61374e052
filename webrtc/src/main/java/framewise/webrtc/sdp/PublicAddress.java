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
 * The address under which the world sees this machine when a router or a container engine maps
 * every port of it one to one. Our own host candidates are told with it in place of the addresses
 * that only this machine knows.
 *
 * @param address IPv4 or IPv6; candidates of the other family stay as they are
 */
public record PublicAddress(InetAddress address) {
  /**
   * Reads an IP address. Names are refused: they would have to be looked up again and again.
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

  /** Our own description as the world should read it. */
  public SessionDescription applyTo(SessionDescription own) {
    return own.mapMedia(this::applyTo);
  }

  private MediaSection applyTo(MediaSection section) {
    Set<String> hidden = new HashSet<>();
    Set<String> lines = new LinkedHashSet<>();
    List<String> out = new ArrayList<>();
    for (String line : section.lines()) {
      Optional<Candidate> host = Candidate.parse(line).filter(this::isReplaced);
      String told = line;
      if (host.isPresent()) {
        hidden.add(host.get().address());
        told = host.get().withAddress(address.getHostAddress()).toString();
      }
      // Interfaces that shared a port become one place.
      if (!Candidate.isCandidate(told) || lines.add(told)) {
        out.add(told);
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
