package framewise.vision.chat;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in an error which parameter of a request the server will not have. Every provider says it
 * in another sentence; what they share is the parameter's name beside a word of refusal.
 */
final class ParameterRefusal {
  private static final Set<Integer> STATUSES = Set.of(400, 404, 415, 422, 500, 501);

  /**
   * "Unrecognized request argument supplied", "Unsupported parameter", "Extra inputs are not
   * permitted", "property ... is unsupported", "is unavailable now", "is deprecated for this
   * model", "is not enabled for", "Unknown name", "roles must alternate". Values out of their range
   * are no refusal: leaving them out would change what was asked for.
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

  /** A value that is out of its range, and no refusal of the parameter. */
  private static final Pattern RANGE =
      Pattern.compile(
          "\\bat (?:most|least)\\b|\\b(?:less|greater|more|fewer|larger|smaller) than\\b|\\bm(?:ax|in)imum\\b"
              + "|\\btoo (?:large|small|long|high|low|many|big)\\b|\\brange\\b|\\bbetween\\b|\\bexceed",
          Pattern.CASE_INSENSITIVE);

  /** What is a number, and is more often out of its range than refused. */
  private static final Set<String> NUMBERS =
      Set.of(
          RequestBody.MAX_TOKENS,
          RequestBody.MAX_COMPLETION_TOKENS,
          "maxOutputTokens",
          "temperature",
          "top_p",
          "topP");

  /** Whoever names one of these names what he will not have, in whatever words. */
  private static final Set<String> PLAIN =
      Set.of(RequestBody.FORMAT, RequestBody.REASONING, "stream_options");

  /** It is the schema that is not liked, and not that there is one. */
  private static final Pattern THIS_SCHEMA =
      Pattern.compile(
          "invalid (?:json )?schema|failed to parse grammar|schema (?:contains|is invalid|uses|has)|unsupported keyword"
              + "|features not supported|additionalproperties|is not (?:permitted|supported) in"
              + "|for schema|schema at ",
          Pattern.CASE_INSENSITIVE);

  /** It is how much the model shall think, and not that it is told. */
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

  /** The name of what is refused, among what the request carries; empty where it is nothing. */
  static Optional<String> in(RefusedException refused, RequestBody body) {
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

  /** Only this schema, or only this way to ask for thoughts, where nothing more is refused. */
  private static String narrowed(String name, String said, RequestBody body) {
    if (name.equals(RequestBody.FORMAT) && THIS_SCHEMA.matcher(said).find()) {
      return body.thisFormat();
    }
    return name.equals(RequestBody.REASONING) && THIS_VALUE.matcher(said).find()
        ? body.reasoningStep()
        : name;
  }

  /** The one that is named first. */
  private static Optional<String> first(String text, Set<String> carried) {
    record Named(String name, int place) {}
    return carried.stream()
        .flatMap(
            name -> {
              Matcher matcher = pattern(name).matcher(text);
              return matcher.find()
                  ? Optional.of(new Named(name, matcher.start())).stream()
                  : Optional.<Named>empty().stream();
            })
        .min(Comparator.comparingInt(Named::place))
        .map(Named::name);
  }

  private static Pattern pattern(String name) {
    String known = NAMES.get(name);
    return Pattern.compile(
        known != null ? known : "\\b" + Pattern.quote(name) + "\\b", Pattern.CASE_INSENSITIVE);
  }
}
