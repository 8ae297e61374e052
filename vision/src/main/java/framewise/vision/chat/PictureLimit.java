package framewise.vision.chat;

import framewise.vision.chat.wire.ErrorReplyException;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the number of pictures that a model takes in one request, from the refusal of more. The
 * forms are those of vLLM, SGLang, Ollama, Groq, Mistral, Fireworks, Anthropic and OpenAI.
 */
final class PictureLimit {
  private static final Set<Integer> STATUSES = Set.of(400, 413, 422, 500, 501);

  private static final String NUMBER = "(\\d{1,4}|one|two|three|four|a single|single)";

  /** "At most 1 image(s)", "max is 8", "maximum of 30", "up to 5 images", "101 images > 100". */
  private static final Pattern LIMIT =
      Pattern.compile(
          "(?:\\bat most|\\bmax(?:imum)?(?: (?:allowed|number|count|of|is|images?|are|per request))*"
              + "|\\bup to|\\blimit(?:ed)?(?: (?:of|is|to))*|\\bonly(?: (?:supports?|accepts?|takes?|allows?))?"
              + "|\\bsupports?(?: only)?|\\ballows?(?: only)?|\\bexceeds?(?: the)?(?: (?:max(?:imum)?|limit))?(?: of)?|>)"
              + "[\\s:=(`'\"]*"
              + NUMBER
              + "\\b",
          Pattern.CASE_INSENSITIVE);

  /** Refusals of more than one picture that name no number. */
  private static final Pattern ONE =
      Pattern.compile(
          "multiple images? (?:\\w+ ){0,3}(?:not|unsupported)|(?:not|n't) (?:support|accept|allow|process|handle)\\w* (?:multiple|several|multi|more than one)"
              + "|\\bmore than one image",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern TOO_MANY =
      Pattern.compile(
          "too (?:many|much) (?:images?|pictures?|image_urls?|media|multi-?modal)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern PICTURES =
      Pattern.compile(
          "\\bimages?\\b|image\\(s\\)|image_url|\\bpictures?\\b|\\bmulti-?modal\\b|\\bmedia\\b",
          Pattern.CASE_INSENSITIVE);

  /** A limit of something else: of a picture's size, or of the tokens. */
  private static final Pattern OF_OTHERS =
      Pattern.compile(
          "\\bbytes?\\b|\\d ?[mk]i?b\\b|megabyte|pixel|dimension|resolution|\\btokens?\\b|context length|\\bformat\\b|per minute|per day",
          Pattern.CASE_INSENSITIVE);

  private static final Map<String, Integer> WORDS =
      Map.of("one", 1, "single", 1, "a single", 1, "two", 2, "three", 3, "four", 4);

  private PictureLimit() {}

  /**
   * The number of pictures to send instead.
   *
   * @param sent how many were sent
   * @return 1 to {@code sent} - 1; empty when the refusal has another reason. Half of those sent,
   *     where it only says that they are too many
   */
  static OptionalInt in(ErrorReplyException refused, int sent) {
    String said = refused.error().message();
    if (sent < 2
        || !STATUSES.contains(refused.statusCode())
        || !PICTURES.matcher(said).find()
        || OF_OTHERS.matcher(said).find()) {
      return OptionalInt.empty();
    }
    Matcher limit = LIMIT.matcher(said);
    while (limit.find()) {
      String word = limit.group(1).toLowerCase(Locale.ROOT);
      int number = WORDS.containsKey(word) ? WORDS.get(word) : Integer.parseInt(word);
      if (number >= 1 && number < sent) {
        return OptionalInt.of(number);
      }
    }
    if (ONE.matcher(said).find()) {
      return OptionalInt.of(1);
    }
    return TOO_MANY.matcher(said).find() ? OptionalInt.of(sent / 2) : OptionalInt.empty();
  }
}
