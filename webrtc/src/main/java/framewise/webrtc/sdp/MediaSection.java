package framewise.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One media section of a description.
 *
 * @param lines its lines, the {@code m=} line first
 */
public record MediaSection(List<String> lines) {
  private static final Pattern MEDIA_LINE =
      Pattern.compile(
          "m=[A-Za-z0-9-]{1,32} [0-9]{1,5}(/[0-9]{1,5})? [^ ]{1,64}( [^ ]{1,64}){1,256} ?");

  private static final List<String> DIRECTIONS =
      List.of("sendrecv", "sendonly", "recvonly", "inactive");

  public MediaSection {
    lines = List.copyOf(lines);
    if (lines.isEmpty() || !isMediaLine(lines.getFirst())) {
      throw new IllegalArgumentException("a media section begins with its m= line");
    }
  }

  static boolean isMediaLine(String line) {
    return MEDIA_LINE.matcher(line).matches();
  }

  public boolean isVideo() {
    return kind().equals("video");
  }

  /** {@code audio}, {@code video}, {@code application} or another kind. */
  public String kind() {
    return words()[0].substring("m=".length());
  }

  /**
   * Whether the section is enabled: its port is not 0, or it is 0 on another section's transport.
   */
  public boolean isOn() {
    return !words()[1].equals("0") || lines.contains("a=bundle-only");
  }

  /** The payload types on the {@code m=} line. */
  public List<String> formats() {
    String[] words = words();
    return List.of(words).subList(3, words.length);
  }

  /** The direction of the media from the author's point of view; RFC 8866, 6.7. */
  public String direction() {
    return DIRECTIONS.stream()
        .filter(direction -> lines.contains("a=" + direction))
        .findFirst()
        .orElse("sendrecv");
  }

  /** The same section with another direction. */
  public MediaSection withDirection(String direction) {
    List<String> changed = new ArrayList<>(lines);
    changed.removeIf(line -> DIRECTIONS.stream().anyMatch(any -> line.equals("a=" + any)));
    changed.add("a=" + direction);
    return new MediaSection(changed);
  }

  /** The section's id ({@code a=mid}); empty where it has none. */
  public Optional<String> id() {
    return attributes("mid").findFirst();
  }

  /** The values of the attributes with this name, in order: {@code a=NAME:VALUE}. */
  public Stream<String> attributes(String name) {
    String start = "a=" + name + ":";
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()));
  }

  /** The codec of a payload type in its {@code a=rtpmap}, such as {@code VP8}. */
  public Optional<String> codec(String format) {
    return attributes("rtpmap")
        .filter(value -> value.startsWith(format + " "))
        .map(value -> value.substring(format.length() + 1).strip().split("/", 2)[0])
        .findFirst();
  }

  /** A copy without the lines that match {@code unwanted}; the {@code m=} line stays. */
  public MediaSection without(Predicate<String> unwanted) {
    List<String> kept = new ArrayList<>();
    kept.add(lines.getFirst());
    lines.stream().skip(1).filter(unwanted.negate()).forEach(kept::add);
    return new MediaSection(kept);
  }

  private String[] words() {
    return lines.getFirst().split(" ");
  }
}
