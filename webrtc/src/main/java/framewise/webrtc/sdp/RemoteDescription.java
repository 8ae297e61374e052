package framewise.webrtc.sdp;

import framewise.media.network.AddressRule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Parses a remote description and reprints it: only known lines are kept, in a normalised form.
 * Unknown lines are dropped; a malformed essential line refuses the whole. The result is printable
 * ASCII without a percent sign, as {@link NativeText} requires.
 */
final class RemoteDescription implements SdpReader.LineRule {
  /** Maximum candidates tried; a host with two network cards has four. */
  static final int MAX_CANDIDATES = 8;

  /** Maximum candidates parsed. */
  private static final int MAX_CANDIDATE_LINES = 256;

  private static final Pattern PROTOCOL =
      Pattern.compile("(UDP/TLS/|TCP/TLS/|TCP/DTLS/)?RTP/S?AVPF?|(UDP/|TCP/)?DTLS/SCTP");

  private static final Pattern KIND = Pattern.compile("audio|video|application|text|image|message");
  private static final Pattern PAYLOAD_TYPE = Pattern.compile("[0-9]{1,2}|1[01][0-9]|12[0-7]");
  private static final Pattern FORMAT = Pattern.compile("[A-Za-z0-9_-]{1,32}|\\*");
  private static final Pattern BANDWIDTH = Pattern.compile("b=(AS|TIAS|CT):[0-9]{1,9}");
  private static final int MAX_FORMATS = 128;

  private final AddressRule rule;
  private final Set<String> tried = new HashSet<>();
  private final Map<String, Integer> seen = new HashMap<>();
  private boolean inMedia;
  private int candidates;

  private RemoteDescription(AddressRule rule) {
    this.rule = rule;
  }

  /**
   * @param rule which addresses may be tried
   * @throws SdpRefusedException when it is too large, malformed, or has a malformed essential line
   */
  static SessionDescription read(String text, AddressRule rule) throws SdpRefusedException {
    return SdpReader.read(text, new RemoteDescription(rule));
  }

  @Override
  public Optional<String> apply(int number, String line) throws SdpRefusedException {
    return switch (line.charAt(0)) {
      case 'v' -> session("v=0");
      case 'o' -> session("o=- 1 1 IN IP4 127.0.0.1");
      case 's' -> session("s=-");
      case 't' -> session("t=0 0");
      case 'm' -> Optional.of(media(number, line));
      // ICE finds the media address; the address in this line is never used.
      case 'c' -> Optional.of("c=IN IP4 0.0.0.0").filter(_ -> inMedia);
      case 'b' -> bandwidth(line);
      case 'a' -> attribute(number, line);
      default -> Optional.empty();
    };
  }

  private Optional<String> session(String printed) {
    return Optional.of(printed).filter(_ -> !inMedia && seen.put(printed, 1) == null);
  }

  private String media(int number, String line) throws SdpRefusedException {
    seen.clear();
    inMedia = true;
    List<String> words = AttributeForm.split(line.substring("m=".length()));
    String kind = words.get(0);
    boolean coded = kind.equals("audio") || kind.equals("video");
    List<String> formats = words.subList(3, words.size()).stream().distinct().toList();
    Pattern format = coded ? PAYLOAD_TYPE : FORMAT;
    if (!KIND.matcher(kind).matches()
        || !PROTOCOL.matcher(words.get(2)).matches()
        || !formats.stream().allMatch(each -> format.matcher(each).matches())) {
      throw malformed(number, "m=");
    }
    if (formats.size() > MAX_FORMATS) {
      throw SdpReader.tooLarge("has more than %d formats in one m= line".formatted(MAX_FORMATS));
    }
    String port = words.get(1).matches("0+(/.*)?") ? "0" : "9";
    return "m=%s %s %s %s".formatted(kind, port, words.get(2), String.join(" ", formats));
  }

  private Optional<String> bandwidth(String line) {
    return BANDWIDTH.matcher(line).matches() && seen.merge("b", 1, Integer::sum) <= 4
        ? Optional.of(line)
        : Optional.empty();
  }

  private Optional<String> attribute(int number, String line) throws SdpRefusedException {
    if (Candidate.isCandidate(line)) {
      return candidate(line);
    }
    int colon = line.indexOf(':');
    String name = line.substring("a=".length(), colon < 0 ? line.length() : colon);
    AttributeForm form = (inMedia ? RemoteAttributes.MEDIA : RemoteAttributes.SESSION).get(name);
    if (form == null) {
      return Optional.empty();
    }
    Optional<String> value = form.reprint().apply(colon < 0 ? "" : line.substring(colon + 1));
    if (value.isEmpty()) {
      if (form.essential()) {
        throw malformed(number, "a=" + name);
      }
      return Optional.empty();
    }
    int count = seen.merge(name, 1, Integer::sum);
    if (count > form.most()) {
      if (form.most() == 1) {
        return Optional.empty();
      }
      throw SdpReader.tooLarge(
          "has more than %d lines a=%s in one section".formatted(form.most(), name));
    }
    return Optional.of(value.get().isEmpty() ? "a=" + name : "a=" + name + ":" + value.get());
  }

  /**
   * Candidates past the limit are dropped: the peer still connects, because it can reach our
   * addresses.
   */
  private Optional<String> candidate(String line) throws SdpRefusedException {
    candidates++;
    if (candidates > MAX_CANDIDATE_LINES) {
      throw SdpReader.tooLarge("has more than %d candidates".formatted(MAX_CANDIDATE_LINES));
    }
    if (!inMedia) {
      return Optional.empty();
    }
    Optional<Candidate> usable =
        Candidate.parse(line).flatMap(Candidate::plain).filter(this::mayBeTried);
    return usable.map(Candidate::toString);
  }

  private boolean mayBeTried(Candidate candidate) {
    if (candidate.literal().filter(address -> rule.refusal(address).isEmpty()).isEmpty()) {
      return false;
    }
    String place = candidate.address() + " " + candidate.port();
    // The same address in each section of a bundle counts once.
    return tried.contains(place) || (tried.size() < MAX_CANDIDATES && tried.add(place));
  }

  private static SdpRefusedException malformed(int number, String kind) {
    return SdpReader.malformed("Line %d is not a valid %s line.".formatted(number, kind));
  }
}
