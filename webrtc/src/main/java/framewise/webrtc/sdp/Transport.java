package framewise.webrtc.sdp;

import java.util.List;

/** Checks what a description needs for its media to be carried at all; RFC 8829, 5.2.1. */
final class Transport {
  private static final List<String> NEEDED = List.of("ice-ufrag", "ice-pwd", "fingerprint");

  private Transport() {}

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
