package framewise.server.v1beta;

import framewise.engine.SessionId;
import framewise.engine.ShownText;
import framewise.engine.keep.Footage.Direction;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ovs://streams/ID?...}: address of a picture or a segment of a stream.
 *
 * @param stream its id as written, not checked
 */
record StreamAddress(String stream, Referent what) {
  private static final String SCHEME = "ovs:";

  private static final Pattern SHAPE =
      Pattern.compile("ovs://streams/([^/?#]{1,100})(?:\\?([^#]*))?");
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,15}");
  private static final Pattern DECIMAL = Pattern.compile("\\d{1,15}(\\.\\d{1,15})?");
  private static final Set<String> OF_PICTURES =
      Set.of("frame_index", "timestamp_ms", "offset_ms", "tolerance_ms", "direction");
  private static final Set<String> OF_VIDEO =
      Set.of(
          "start_frame_index",
          "start_timestamp_ms",
          "start_offset_ms",
          "end_frame_index",
          "end_timestamp_ms",
          "end_offset_ms",
          "max_fps");

  /** What the address refers to. */
  sealed interface Referent {
    /**
     * One picture.
     *
     * @param tolerance in milliseconds; empty for the default
     */
    record Picture(StreamMoment at, OptionalLong tolerance, Direction direction)
        implements Referent {}

    /**
     * A segment.
     *
     * @param end exclusive; empty to end with the newest picture
     */
    record Segment(StreamMoment start, Optional<StreamMoment> end, OptionalDouble maxFps)
        implements Referent {}
  }

  /** Whether a URL is meant as an address of a stream, sound or not. */
  static boolean isStreamAddress(String url) {
    return url.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  /** The stream of an address; empty where a URL is not one. */
  static Optional<SessionId> stream(String url) {
    Matcher shape = SHAPE.matcher(url);
    return shape.matches() ? SessionId.parse(shape.group(1)) : Optional.empty();
  }

  /**
   * Parses the address of a picture.
   *
   * @throws framewise.server.http.ProblemException 400, saying what is wrong
   */
  static StreamAddress ofPicture(String url) {
    Matcher shape = shape(url, "ovs://streams/ID?frame_index=-1");
    Map<String, String> query = query(shape.group(2), OF_PICTURES);
    StreamMoment at =
        moment(query, "")
            .orElseThrow(() -> bad("frame_index, timestamp_ms or offset_ms is missing."));
    OptionalLong tolerance = number(query, "tolerance_ms");
    if (tolerance.isPresent() && tolerance.getAsLong() < 1) {
      throw bad("tolerance_ms is %d but must be 1 or more.".formatted(tolerance.getAsLong()));
    }
    Direction direction =
        switch (query.getOrDefault("direction", "nearest")) {
          case "nearest" -> Direction.NEAREST;
          case "forward" -> Direction.FORWARD;
          case "backward" -> Direction.BACKWARD;
          default -> throw bad("direction must be nearest, forward or backward.");
        };
    return new StreamAddress(shape.group(1), new Referent.Picture(at, tolerance, direction));
  }

  /**
   * Parses the address of a segment.
   *
   * @throws framewise.server.http.ProblemException 400, saying what is wrong
   */
  static StreamAddress ofVideo(String url) {
    Matcher shape = shape(url, "ovs://streams/ID?start_offset_ms=-5000");
    Map<String, String> query = query(shape.group(2), OF_VIDEO);
    StreamMoment start =
        moment(query, "start_")
            .orElseThrow(
                () -> bad("start_frame_index, start_timestamp_ms or start_offset_ms is missing."));
    Optional<StreamMoment> end = moment(query, "end_");
    requireOrder(start, end);
    OptionalDouble fps = OptionalDouble.empty();
    if (query.containsKey("max_fps")) {
      String text = query.getOrDefault("max_fps", "");
      fps =
          DECIMAL.matcher(text).matches()
              ? OptionalDouble.of(Double.parseDouble(text))
              : OptionalDouble.of(0);
      if (!(fps.getAsDouble() > 0)) {
        throw bad("max_fps must be a decimal number above 0, such as 2 or 0.5.");
      }
    }
    return new StreamAddress(shape.group(1), new Referent.Segment(start, end, fps));
  }

  /**
   * Compares start and end where both are of one kind; others can only be compared once the stream
   * is known.
   */
  private static void requireOrder(StreamMoment start, Optional<StreamMoment> end) {
    boolean turned =
        switch (start) {
          case StreamMoment.FrameIndex(var from) ->
              end.orElse(start) instanceof StreamMoment.FrameIndex(var to)
                  && end.isPresent()
                  && from < 0 == to < 0
                  && from >= to;
          case StreamMoment.Timestamp(var from) ->
              end.orElse(start) instanceof StreamMoment.Timestamp(var to)
                  && end.isPresent()
                  && from >= to;
          case StreamMoment.Offset(var from) ->
              end.orElse(start) instanceof StreamMoment.Offset(var to)
                  && end.isPresent()
                  && from < 0 == to < 0
                  && from >= to;
        };
    if (turned) {
      throw ChatFault.SEGMENT_INVALID.because("The start of the segment must be before its end.");
    }
  }

  private static Matcher shape(String url, String example) {
    Matcher shape = SHAPE.matcher(url);
    if (!shape.matches()) {
      throw ChatFault.STREAM_URL_INVALID.because(
          "The address of a stream must look like %s.".formatted(example));
    }
    return shape;
  }

  private static Map<String, String> query(String text, Set<String> known) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : (text == null ? "" : text).split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      String[] parts = pair.split("=", 2);
      String name = decoded(parts[0]);
      if (!known.contains(name)) {
        throw bad(
            "%s is not a parameter of this address. Its parameters are %s."
                .formatted(shown(name), String.join(", ", known.stream().sorted().toList())));
      }
      if (query.put(name, parts.length == 2 ? decoded(parts[1]) : "") != null) {
        throw bad("%s occurs twice.".formatted(name));
      }
    }
    return query;
  }

  private static Optional<StreamMoment> moment(Map<String, String> query, String prefix) {
    List<String> names =
        List.of(prefix + "frame_index", prefix + "timestamp_ms", prefix + "offset_ms");
    List<String> given = names.stream().filter(query::containsKey).toList();
    if (given.size() > 1) {
      throw bad("Only one of %s may be given.".formatted(String.join(", ", given)));
    }
    if (given.isEmpty()) {
      return Optional.empty();
    }
    String name = given.getFirst();
    long value = number(query, name).orElseThrow();
    if (name.endsWith("frame_index")) {
      return Optional.of(new StreamMoment.FrameIndex(value));
    }
    if (name.endsWith("offset_ms")) {
      return Optional.of(new StreamMoment.Offset(value));
    }
    if (value < 0) {
      throw bad("%s is %d but must be 0 or more.".formatted(name, value));
    }
    return Optional.of(new StreamMoment.Timestamp(value));
  }

  private static OptionalLong number(Map<String, String> query, String name) {
    if (!query.containsKey(name)) {
      return OptionalLong.empty();
    }
    String text = query.getOrDefault(name, "");
    if (!WHOLE.matcher(text).matches()) {
      throw bad("%s is \"%s\" but must be a whole number.".formatted(name, shown(text)));
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException strayPercent) {
      throw bad("A % in the query must be followed by two hexadecimal digits.");
    }
  }

  private static String shown(String text) {
    return ShownText.of(text, 40) + (text.length() > 40 ? "..." : "");
  }

  private static RuntimeException bad(String sentence) {
    return ChatFault.QUERY_PARAM_INVALID.because(sentence);
  }
}
