package framewise.webrtc.sdp;

import static java.util.Map.entry;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The attributes accepted from a remote description; all others are dropped. No form lets a percent
 * sign, a control character or a non-ASCII character through: RFC 8866 allows some of them in
 * tokens, but the native library reads them as a format.
 */
final class RemoteAttributes {
  private static final String PAYLOAD_TYPE = "[0-9]{1,3}";
  private static final String NUMBER = "[0-9]{1,10}";

  /** A token of RFC 8866, without characters special to C or a shell. */
  private static final String TOKEN = "[A-Za-z0-9_.~+{}-]{1,64}";

  /** RFC 8851, section 10. */
  private static final String RID = "[A-Za-z0-9_-]{1,16}";

  private static final String RIDS = "~?%1$s([,;]~?%1$s)*".formatted(RID);

  /** RFC 8839, 5.4, plus four characters that libwebrtc accepts from older senders. */
  private static final String ICE = "[A-Za-z0-9+/=#_-]";

  private static final Pattern PARAMETER =
      Pattern.compile("[A-Za-z0-9_.-]{1,64}(=[A-Za-z0-9_.+/=,:@-]{0,1024})?|[0-9]+(/[0-9]+)*");

  private static final int MAX_PARAMETERS = 64;

  private static final Set<String> ICE_OPTIONS = Set.of("trickle", "renomination", "ice2");

  /** RFC 8842, section 5.1, has no {@code holdconn}: libwebrtc accepts it but never answers. */
  private static final AttributeForm SETUP =
      AttributeForm.words(1, "active|passive|actpass").required();

  private static final AttributeForm DIRECTION = AttributeForm.flag();

  /** Attributes of a media section. */
  static final Map<String, AttributeForm> MEDIA =
      Map.ofEntries(
          entry("mid", AttributeForm.words(1, TOKEN).required()),
          entry("sendrecv", DIRECTION),
          entry("sendonly", DIRECTION),
          entry("recvonly", DIRECTION),
          entry("inactive", DIRECTION),
          entry("rtcp-mux", AttributeForm.flag()),
          entry("rtcp-mux-only", AttributeForm.flag()),
          entry("rtcp-rsize", AttributeForm.flag()),
          entry("bundle-only", AttributeForm.flag()),
          entry("extmap-allow-mixed", AttributeForm.flag()),
          entry("end-of-candidates", AttributeForm.flag()),
          entry("ice-ufrag", AttributeForm.words(1, ICE + "{4,256}").required()),
          entry("ice-pwd", AttributeForm.words(1, ICE + "{22,256}").required()),
          entry("ice-options", iceOptions()),
          entry("fingerprint", fingerprint()),
          entry("setup", SETUP),
          entry(
              "rtpmap",
              AttributeForm.words(
                      128, PAYLOAD_TYPE + " [A-Za-z0-9_.-]{1,48}/[0-9]{1,7}(/[0-9]{1,2})?")
                  .required()),
          entry("fmtp", new AttributeForm(128, false, RemoteAttributes::parameters)),
          entry(
              "rtcp-fb",
              AttributeForm.words(1_024, "(\\*|[0-9]{1,3})( [A-Za-z0-9_.-]{1,32}){1,4}")),
          entry("extmap", extensions()),
          entry("ssrc", new AttributeForm(256, false, RemoteAttributes::source)),
          entry(
              "ssrc-group", AttributeForm.words(32, "(FID|SIM|FEC|FEC-FR)( " + NUMBER + "){1,8}")),
          entry("msid", AttributeForm.words(4, "%1$s( %1$s)?".formatted(TOKEN))),
          entry("rid", rid()),
          entry(
              "simulcast",
              AttributeForm.words(1, "(send|recv) %1$s( (send|recv) %1$s)?".formatted(RIDS))),
          entry("sctp-port", AttributeForm.words(1, "[0-9]{1,5}")),
          entry("max-message-size", AttributeForm.words(1, NUMBER)));

  /** Attributes of the whole session. */
  static final Map<String, AttributeForm> SESSION =
      Map.ofEntries(
          entry("group", AttributeForm.words(8, "BUNDLE( " + TOKEN + ")*")),
          entry("ice-lite", AttributeForm.flag()),
          entry("extmap-allow-mixed", AttributeForm.flag()),
          entry("ice-ufrag", AttributeForm.words(1, ICE + "{4,256}").required()),
          entry("ice-pwd", AttributeForm.words(1, ICE + "{22,256}").required()),
          entry("ice-options", iceOptions()),
          entry("fingerprint", fingerprint()),
          entry("setup", SETUP),
          entry("msid-semantic", AttributeForm.words(1, "WMS.*").then(any -> Optional.of(" WMS"))));

  private RemoteAttributes() {}

  private static AttributeForm iceOptions() {
    return new AttributeForm(
        1,
        false,
        value ->
            Optional.of(
                    AttributeForm.split(value).stream()
                        .filter(ICE_OPTIONS::contains)
                        .distinct()
                        .collect(Collectors.joining(" ")))
                .filter(text -> !text.isEmpty()));
  }

  /** RFC 8122, section 5: two hexadecimal digits per byte of the hash. */
  private static AttributeForm fingerprint() {
    Map<String, Integer> bytes =
        Map.of("sha-1", 20, "sha-224", 28, "sha-256", 32, "sha-384", 48, "sha-512", 64);
    Pattern hex = Pattern.compile("[0-9A-F]{2}(:[0-9A-F]{2})*");
    return new AttributeForm(
        4,
        true,
        value -> {
          List<String> words = AttributeForm.split(value);
          if (words.size() != 2) {
            return Optional.empty();
          }
          String hash = words.getFirst().toLowerCase(Locale.ROOT);
          String digest = words.getLast().toUpperCase(Locale.ROOT);
          boolean sound =
              hex.matcher(digest).matches()
                  && digest.length() == bytes.getOrDefault(hash, 0) * 3 - 1;
          return sound ? Optional.of(hash + " " + digest) : Optional.empty();
        });
  }

  /** A codec's parameters; unknown ones are dropped. */
  private static Optional<String> parameters(String value) {
    List<String> words = List.of(value.strip().split("[ \t]+", 2));
    if (words.size() != 2 || !words.getFirst().matches(PAYLOAD_TYPE)) {
      return Optional.empty();
    }
    String kept =
        Pattern.compile(";")
            .splitAsStream(words.getLast())
            .map(String::strip)
            .filter(one -> PARAMETER.matcher(one).matches())
            .limit(MAX_PARAMETERS)
            .collect(Collectors.joining(";"));
    return kept.isEmpty() ? Optional.empty() : Optional.of(words.getFirst() + " " + kept);
  }

  /** RFC 8285, section 8; anything after the URI is dropped. */
  private static AttributeForm extensions() {
    Pattern id = Pattern.compile("[0-9]{1,4}(/(sendrecv|sendonly|recvonly|inactive))?");
    Pattern uri = Pattern.compile("(urn|https?):[A-Za-z0-9_.:/#?&=+~-]{1,200}");
    return new AttributeForm(
        64,
        false,
        value -> {
          List<String> words = AttributeForm.split(value);
          return words.size() >= 2
                  && id.matcher(words.get(0)).matches()
                  && uri.matcher(words.get(1)).matches()
              ? Optional.of(words.get(0) + " " + words.get(1))
              : Optional.empty();
        });
  }

  /** A source's id and track; its names are dropped. */
  private static Optional<String> source(String value) {
    List<String> words = AttributeForm.split(value);
    if (words.size() < 2 || !isUnsigned32(words.getFirst())) {
      return Optional.empty();
    }
    String id = words.getFirst();
    if (words.get(1).startsWith("cname:")) {
      return Optional.of(id + " cname:peer");
    }
    String track = String.join(" ", words.subList(1, words.size()));
    return track.matches("msid:%1$s( %1$s)?".formatted(TOKEN))
        ? Optional.of(id + " " + track)
        : Optional.empty();
  }

  /** RFC 8851; of the restrictions only the size is kept, by which a layer is chosen. */
  private static AttributeForm rid() {
    Pattern start = Pattern.compile(RID + " (send|recv)");
    return new AttributeForm(
        16,
        false,
        value -> {
          List<String> words = AttributeForm.split(value);
          if (words.size() < 2) {
            return Optional.empty();
          }
          String size =
              words.stream()
                  .skip(2)
                  .flatMap(word -> Stream.of(word.split(";", -1)))
                  .filter(each -> each.matches("max-(width|height)=\\d{1,5}"))
                  .limit(2)
                  .collect(Collectors.joining(";"));
          return Optional.of(words.get(0) + " " + words.get(1))
              .filter(text -> start.matcher(text).matches())
              .map(text -> size.isEmpty() ? text : text + " " + size);
        });
  }

  private static boolean isUnsigned32(String word) {
    return word.matches(NUMBER) && Long.parseLong(word) <= 0xFFFF_FFFFL;
  }
}
