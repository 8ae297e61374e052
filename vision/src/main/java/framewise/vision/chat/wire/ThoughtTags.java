package framewise.vision.chat.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tags that models put around their thoughts, around the answer, and at its end. Servers should
 * remove them; many do not.
 */
final class ThoughtTags {
  /** Maximum length of a tag, in characters. */
  static final int MAX_LENGTH = 160;

  private static final String NAME =
      "(?:(?:[a-z]{1,12}[:_])?think(?:ing)?|(?:inner_)?thoughts?|(?:thought|thinking)_process|reasoning"
          + "|inner_monologue|scratchpad)";
  private static final String WORD = "(?:thoughts?|think(?:ing)?|reasoning)";

  /**
   * Opening tags of thoughts: DeepSeek, Qwen, GLM and most; Cohere and OpenThinker; Magistral;
   * Kimi-VL; MedGemma; Gemma; gpt-oss, whose channels are thoughts except for the last.
   */
  private static final String OPEN =
      String.join(
          "|",
          "<" + NAME + "(?:\\s[^<>]{0,100})?>",
          "<\\|?(?:begin|start)_(?:of_)?" + WORD + "\\|?>",
          "(?-i:\\[THINK\\])",
          "◁think▷",
          "<\\|think(?:ing)?\\|>",
          "<unused94>(?:thought)?",
          "<\\|channel>thought",
          "(?:<\\|start\\|>assistant)?<\\|channel\\|>(?:analysis|commentary)[^<]{0,60}<\\|message\\|>");

  private static final String CLOSE =
      String.join(
          "|",
          "</" + NAME + "\\s{0,9}>",
          "<\\|?end_(?:of_)?" + WORD + "\\|?>",
          "(?-i:\\[/THINK\\])",
          "◁/think▷",
          "<\\|/think(?:ing)?\\|>",
          "<unused95>",
          "<channel\\|>",
          "<\\|channel\\|>final[^<]{0,60}<\\|message\\|>");

  private static final Pattern MARK =
      Pattern.compile("(?<open>" + OPEN + ")|" + CLOSE, Pattern.CASE_INSENSITIVE);

  /** {@code <|begin_of_box|>} is GLM's; the others delimit a model's turn. */
  private static final Pattern TOKEN = Pattern.compile("<[|｜][\\w▁]{1,40}[|｜]>");

  private static final Pattern LAST_TOKEN =
      Pattern.compile("(?:(?:</s>|<end_of_turn>|<eos>)\\s{0,9})+\\z");

  /** Reasoning models often put the answer into a separate tag. */
  private static final Pattern FIRST_BOX =
      Pattern.compile("\\A\\s*<(?:(?:final_)?answer|response)>\\s*", Pattern.CASE_INSENSITIVE);

  private static final Pattern LAST_BOX =
      Pattern.compile("</(?:(?:final_)?answer|response)>\\s*\\z", Pattern.CASE_INSENSITIVE);

  private static final String QUOTES = "\"'`“”‘’«»";

  private ThoughtTags() {}

  /** Finds tags; see {@link #opens}. */
  static Matcher marks(CharSequence text) {
    return MARK.matcher(text);
  }

  /** Whether a tag opens thoughts; otherwise it closes them. */
  static boolean opens(Matcher mark) {
    return mark.group("open") != null;
  }

  /** Whether there is a quote at a place: a tag between two quotes is only mentioned. */
  static boolean isQuote(CharSequence text, int place) {
    return place >= 0 && place < text.length() && QUOTES.indexOf(text.charAt(place)) >= 0;
  }

  /** Whether a text may become a tag when it continues. */
  static boolean mayOpen(String text) {
    if (text.length() >= MAX_LENGTH) {
      return false;
    }
    if (text.startsWith("<|channel|>")
        || text.startsWith("<|start|>")
        || "<|channel>thought".startsWith(text)) {
      return true;
    }
    boolean tag = text.startsWith("<") && text.length() < 40 && text.indexOf('>') < 0;
    return tag || "[THINK]".startsWith(text) || "◁think▷".startsWith(text);
  }

  /**
   * Removes what models put around an answer.
   *
   * @param thought whether thoughts preceded it
   */
  static String unboxed(String text, boolean thought) {
    if (text.indexOf('<') < 0) {
      return text;
    }
    String bare = TOKEN.matcher(text).replaceAll("");
    if (!bare.contains("<s>")) {
      bare = LAST_TOKEN.matcher(bare).replaceAll("");
    }
    Matcher first = FIRST_BOX.matcher(bare);
    return thought && first.lookingAt()
        ? LAST_BOX.matcher(bare.substring(first.end())).replaceAll("")
        : bare;
  }
}
