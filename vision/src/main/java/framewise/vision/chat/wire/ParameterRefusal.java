package framewise.vision.chat.wire;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the parameter that a server refuses, from its error. Every provider phrases it differently;
 * common to all is the parameter's name near a word of refusal.
 */
final class ParameterRefusal {
  private static final Set<Integer> STATUSES = Set.of(400, 404, 415, 422, 500, 501);

  /**
   * "Unrecognized request argument supplied", "Unsupported parameter", "Extra inputs are not
   * permitted", "property ... is unsupported", "is unavailable now", "is deprecated for this
   * model", "is not enabled for", "Unknown name", "roles must alternate". An out-of-range value is
   * no refusal: omitting it would change the request.
   */
  private static final Pattern REFUSES =
      Pattern.compile(
          "unsupported|unrecogni[sz]ed|\\bunknown\\b|unexpected|unavailable|deprecated|no longer"
              + "|not a valid|does not match|\\binvalid (?:parameter|argument|field|key|property|option)"
              + "|\\bonly (?:\\w+ )?(?:supported|available|accepted)|(?:cannot|can't|not) be (?:used|set|recogni)"
              + "|\\bnot? (?:\\w+ ){0,2}(?:support|permit|allow|enabl|available|recogni|accept|implement)"
              + "|n't (?:support|accept|allow)|\\bextra[_ ](?:\\w+ )?(?:inputs?|fields?|parameters?|forbidden)|cannot find field"
              + "|invalid (?:json )?schema|additionalProperties|failed to parse grammar|\\bmust be (?:one of|either|'|\"|`)"
              + "|roles must alternate|roles are supported|only works in thinking",
          Pattern.CASE_INSENSITIVE);

  /** An out-of-range value, which is not a refusal of the parameter. */
  private static final Pattern RANGE =
      Pattern.compile(
          "\\bat (?:most|least)\\b|\\b(?:less|greater|more|fewer|larger|smaller) than\\b|\\bm(?:ax|in)imum\\b"
              + "|\\btoo (?:large|small|long|high|low|many|big)\\b|\\brange\\b|\\bbetween\\b|\\bexceed",
          Pattern.CASE_INSENSITIVE);

  /** Numeric parameters, more often out of range than refused. */
  private static final Set<String> NUMBERS =
      Set.of(
          RequestBody.MAX_TOKENS,
          RequestBody.MAX_COMPLETION_TOKENS,
          "maxOutputTokens",
          "temperature",
          "top_p",
          "topP");

  /** Parameters whose mention alone means a refusal. */
  private static final Set<String> PLAIN =
      Set.of(RequestBody.FORMAT, RequestBody.REASONING, "stream_options");

  /** Errors about this schema, rather than schemas in general. */
  private static final Pattern THIS_SCHEMA =
      Pattern.compile(
          "invalid (?:json )?schema|failed to parse grammar|schema (?:contains|is invalid|uses|has)|unsupported keyword"
              + "|features not supported|additionalproperties|is not (?:permitted|supported) in"
              + "|for schema|schema at ",
          Pattern.CASE_INSENSITIVE);

  /** Errors about this amount of reasoning, rather than the parameter. */
  private static final Pattern THIS_VALUE =
      Pattern.compile(
          "unsupported value|supported values|invalid value|does not support ['\"`]|input should be"
              + "|must be one of|expected one of|does not match|is invalid|only works in thinking"
              + "|adaptive|thinking level|\\bbudget\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Map<String, String> NAMES =
      Map.of(
          RequestBody.STREAM,
          "\\bstream(?:ing|ed)?\\b",
          "stream_options",
          "stream_?options|include_usage",
          RequestBody.FORMAT,
          "response_?format|response format|json_?schema|json schema|structured outputs?|json mode"
              + "|output_(?:config|format)|response_?(?:json_?)?schema|response_?mime_?type|\\bgrammar\\b",
          RequestBody.SYSTEM,
          "['\"`]system['\"`]|\\bsystem[ _]?(?:role|prompt|message|instruction)|\\Asystem:"
              + "|developer[ _](?:instruction|role|message)|messages\\[0]\\.role|roles must alternate"
              + "|roles are supported",
          RequestBody.DETAIL,
          "['\"`.\\]]detail\\b|image[ _]detail",
          RequestBody.REASONING,
          "\\breasoning|\\bthinking|budget_?tokens");

  private ParameterRefusal() {}

  /** The refused parameter among those of the request; empty when none is refused. */
  static Optional<String> in(ErrorReplyException refused, RequestBody body) {
    ErrorBody error = refused.error();
    String said = error.message() + " " + String.join(" ", error.words());
    if (!STATUSES.contains(refused.statusCode())) {
      return Optional.empty();
    }
    boolean refuses = REFUSES.matcher(said).find();
    boolean range = RANGE.matcher(said).find();
    boolean invalid = refused.statusCode() == 400 || refused.statusCode() == 422;
    Set<String> carried = body.optional();
    return first(error.json().at("/error/param").asText(), carried)
        .or(() -> first(error.json().path("param").asText(), carried))
        .or(() -> first(error.message(), carried))
        .filter(name -> refuses || (invalid && PLAIN.contains(name)))
        .filter(name -> !(range && NUMBERS.contains(name)))
        .map(name -> narrowed(name, said, body));
  }

  /** Narrows a refusal to this schema, or this form of reasoning, if the error allows it. */
  private static String narrowed(String name, String said, RequestBody body) {
    if (name.equals(RequestBody.FORMAT) && THIS_SCHEMA.matcher(said).find()) {
      return body.thisFormat();
    }
    return name.equals(RequestBody.REASONING) && THIS_VALUE.matcher(said).find()
        ? body.reasoningStep()
        : name;
  }

  /** The parameter that is mentioned first. */
  private static Optional<String> first(String text, Set<String> carried) {
    record ParameterName(String name, int place) {}
    return carried.stream()
        .flatMap(
            name -> {
              Matcher matcher = pattern(name).matcher(text);
              return matcher.find()
                  ? Optional.of(new ParameterName(name, matcher.start())).stream()
                  : Optional.<ParameterName>empty().stream();
            })
        .min(Comparator.comparingInt(ParameterName::place))
        .map(ParameterName::name);
  }

  private static Pattern pattern(String name) {
    String known = NAMES.get(name);
    return Pattern.compile(
        known != null ? known : "\\b" + Pattern.quote(name) + "\\b", Pattern.CASE_INSENSITIVE);
  }
}
