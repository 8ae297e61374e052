package framewise.webrtc.sdp;

import java.util.List;
import java.util.stream.Stream;

/** Checks what a description needs for its media to be carried at all; RFC 8829, 5.2.1. */
final class Transport {
  private static final String FRAGMENT = "ice-ufrag";
  private static final List<String> NEEDED = List.of(FRAGMENT, "ice-pwd", "fingerprint");

  private Transport() {}

  /** The user fragment of the description's first transport; it changes when ICE restarts. */
  static String fragment(SessionDescription description) {
    return Stream.concat(
            description.media().stream().flatMap(section -> section.attributes(FRAGMENT)),
            description.session().stream()
                .filter(line -> line.startsWith("a=" + FRAGMENT + ":"))
                .map(line -> line.substring(line.indexOf(':') + 1)))
        .findFirst()
        .orElse("");
  }

  /**
   * @throws SdpRefusedException with what is missing
   */
  static void require(SessionDescription description) throws SdpRefusedException {
    for (String name : NEEDED) {
      String start = "a=" + name + ":";
      boolean there =
          description.session().stream().anyMatch(line -> line.startsWith(start))
              || description.media().stream().anyMatch(each -> each.attributes(name).count() > 0);
      if (!there) {
        throw SdpReader.malformed("It has no line a=%s.".formatted(name));
      }
    }
  }
}
