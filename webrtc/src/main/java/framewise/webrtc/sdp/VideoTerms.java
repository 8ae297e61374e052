package framewise.webrtc.sdp;

import framewise.media.decode.LiveCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What we accept of a video that a peer offers.
 *
 * @param codecs the codec of each accepted payload type
 * @param resent payload types of retransmitted packets, each with the type of the original
 * @param orientation id of the header extension with the camera's rotation; 0 where not offered
 * @param transportNumber id of the header extension that numbers all packets; 0 where not offered
 * @param feedback the accepted kinds of feedback, such as {@code nack pli}
 * @param reducedSize whether feedback may come without a report
 * @param marks how its packets are distinguished from others'
 */
public record VideoTerms(
    Map<Integer, LiveCodec> codecs,
    Map<Integer, Integer> resent,
    int orientation,
    int transportNumber,
    Set<String> feedback,
    boolean reducedSize,
    StreamIdentifiers marks) {
  /** Accepts nothing: the peer sends no video. */
  public static final VideoTerms NONE =
      new VideoTerms(Map.of(), Map.of(), 0, 0, Set.of(), false, StreamIdentifiers.NONE);

  private static final String ORIENTATION = "urn:3gpp:video-orientation";
  private static final String TRANSPORT_NUMBER =
      "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

  private static final String SECTION = "urn:ietf:params:rtp-hdrext:sdes:mid";
  private static final String LAYER = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
  private static final String RESENT_LAYER =
      "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";

  /**
   * The extensions that we accept. Includes those of layers even where there is only one: for later
   * video, Chromium offers no extension that an earlier answer left out.
   */
  private static final Set<String> EXTENSIONS =
      Set.of(ORIENTATION, TRANSPORT_NUMBER, SECTION, LAYER, RESENT_LAYER);

  private static final String TRANSPORT_FEEDBACK = "transport-cc";
  private static final String MAX_RATE = "goog-remb";
  private static final Set<String> FEEDBACK =
      Set.of("nack", "nack pli", "ccm fir", MAX_RATE, TRANSPORT_FEEDBACK);

  /**
   * How a video's packets are distinguished from those of others on the same transport.
   *
   * @param section id of its section; empty where it has none
   * @param layer name of the accepted layer; empty where there is only one
   * @param sectionExtension id of the header extension with the section's id; 0 where not offered
   * @param layerExtension id of the header extension with the layer's name; 0 where not offered
   */
  public record StreamIdentifiers(
      Optional<String> section, Optional<String> layer, int sectionExtension, int layerExtension) {
    public static final StreamIdentifiers NONE =
        new StreamIdentifiers(Optional.empty(), Optional.empty(), 0, 0);

    static StreamIdentifiers of(MediaSection offered) {
      return new StreamIdentifiers(
          offered.id(),
          ChosenLayer.of(offered),
          extension(offered, SECTION),
          extension(offered, LAYER));
    }
  }

  public VideoTerms {
    codecs = Map.copyOf(codecs);
    resent = Map.copyOf(resent);
    feedback = Set.copyOf(feedback);
  }

  /** What we accept of an offered section; no codecs when it has none that is supported. */
  public static VideoTerms of(MediaSection offered) {
    Map<Integer, LiveCodec> codecs = new LinkedHashMap<>();
    Map<Integer, Integer> resent = new LinkedHashMap<>();
    for (String format : offered.formats()) {
      codec(offered, format).ifPresent(codec -> codecs.put(Integer.parseInt(format), codec));
    }
    for (String format : offered.formats()) {
      boolean again = offered.codec(format).filter("rtx"::equalsIgnoreCase).isPresent();
      Optional<Integer> of = parameter(offered, format, "apt").map(VideoTerms::number);
      if (again && of.filter(codecs::containsKey).isPresent()) {
        resent.put(Integer.parseInt(format), of.get());
      }
    }
    Set<String> feedback =
        Set.copyOf(
            offered
                .attributes("rtcp-fb")
                .map(value -> value.split(" ", 2))
                .filter(words -> words.length == 2 && isAccepted(words[0], codecs))
                .map(words -> words[1])
                .filter(FEEDBACK::contains)
                .distinct()
                .toList());
    return new VideoTerms(
        codecs,
        resent,
        extension(offered, ORIENTATION),
        extension(offered, TRANSPORT_NUMBER),
        feedback,
        offered.lines().contains("a=rtcp-rsize"),
        StreamIdentifiers.of(offered));
  }

  /** Whether the sender retransmits packets on request. */
  public boolean resends() {
    return feedback.contains("nack");
  }

  /** Whether the sender wants to know when each packet arrived. */
  public boolean wantsArrivals() {
    return transportNumber > 0 && feedback.contains(TRANSPORT_FEEDBACK);
  }

  /** Whether the sender obeys a maximum bit rate. */
  public boolean wantsMaxRate() {
    return feedback.contains(MAX_RATE) && !wantsArrivals();
  }

  /** Our section of the answer, without its transport. */
  MediaSection answer(MediaSection offered) {
    List<String> formats =
        offered.formats().stream().filter(format -> isAccepted(format, allTypes())).toList();
    List<String> lines = new ArrayList<>();
    lines.add("m=video 9 %s %s".formatted(protocol(offered), String.join(" ", formats)));
    lines.add("c=IN IP4 0.0.0.0");
    offered.id().ifPresent(id -> lines.add("a=mid:" + id));
    lines.add("a=recvonly");
    lines.add("a=rtcp-mux");
    if (reducedSize) {
      lines.add("a=rtcp-rsize");
    }
    for (String line : offered.lines()) {
      if (keeps(line)) {
        lines.add(line);
      }
    }
    MediaSection section = new MediaSection(lines);
    // Senders other than libwebrtc may treat a codec with an unknown parameter as a different
    // codec.
    boolean googles = feedback.contains(MAX_RATE) && feedback.contains(TRANSPORT_FEEDBACK);
    return googles ? SdpAnswer.withStartRate(section) : section;
  }

  private boolean keeps(String line) {
    int colon = line.indexOf(':');
    String name = colon < 0 ? line : line.substring(0, colon);
    String[] words = line.substring(colon + 1).split(" ", 2);
    return switch (name) {
      case "a=rtpmap", "a=fmtp" -> isAccepted(words[0], allTypes());
      case "a=rtcp-fb" ->
          words.length == 2 && isAccepted(words[0], codecs) && feedback.contains(words[1]);
      case "a=extmap" -> isKnownExtension(line);
      default -> false;
    };
  }

  /** Whether a line offers a header extension that we accept. */
  static boolean isKnownExtension(String line) {
    String[] words = line.split(" ", 2);
    return line.startsWith("a=extmap:") && words.length == 2 && EXTENSIONS.contains(words[1]);
  }

  private Map<Integer, Integer> allTypes() {
    Map<Integer, Integer> all = new LinkedHashMap<>(resent);
    codecs.keySet().forEach(type -> all.put(type, type));
    return all;
  }

  private static String protocol(MediaSection offered) {
    return offered.lines().getFirst().split(" ", -1)[2];
  }

  private static boolean isAccepted(String format, Map<Integer, ?> types) {
    return format.equals("*") || types.containsKey(number(format));
  }

  private static Optional<LiveCodec> codec(MediaSection offered, String format) {
    String name = offered.codec(format).orElse("").toUpperCase(Locale.ROOT);
    return switch (name) {
      case "VP8" -> Optional.of(LiveCodec.VP8);
      case "H264" -> Optional.of(LiveCodec.H264);
      case "AV1" -> Optional.of(LiveCodec.AV1);
      case "VP9" ->
          parameter(offered, format, "profile-id").filter(profile -> !profile.equals("0")).isEmpty()
              ? Optional.of(LiveCodec.VP9)
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<String> parameter(MediaSection offered, String format, String name) {
    return offered
        .attributes("fmtp")
        .filter(value -> value.startsWith(format + " "))
        .flatMap(value -> Stream.of(value.substring(format.length() + 1).split(";", -1)))
        .map(String::strip)
        .filter(each -> each.startsWith(name + "="))
        .map(each -> each.substring(name.length() + 1))
        .findFirst();
  }

  private static int extension(MediaSection offered, String uri) {
    return offered
        .attributes("extmap")
        .map(value -> value.split(" ", 2))
        .filter(words -> words.length == 2 && words[1].equals(uri))
        .map(words -> number(words[0].split("/", 2)[0]))
        .filter(id -> id > 0 && id < 256)
        .findFirst()
        .orElse(0);
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
  }
}
