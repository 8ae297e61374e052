package framewise.vision.chat;

import framewise.vision.FinishReason;
import framewise.vision.schema.JsonText;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * What a model has said until now, whatever its wire: the answer, apart from what it thought. Takes
 * time in proportion to what comes. Used by one thread at a time.
 */
final class ReplyText {
  private final StringBuilder raw = new StringBuilder();
  private boolean thoughtApart;
  private Optional<String> model = Optional.empty();
  private Optional<FinishReason> finish = Optional.empty();

  /** Where marks have been looked for already. */
  private int scanned;

  /** Where the answer begins, as far as is known. */
  private int answer;

  /** Where thoughts have begun that follow words of an answer and have not ended; -1 if nowhere. */
  private int aside = -1;

  /**
   * The words before the newest aside: all there is of those who think after they have answered.
   */
  private String before = "";

  /** Whether thoughts have begun at the start and not ended. */
  private boolean thinking;

  private boolean opened;
  private boolean closedUnopened;

  void add(ReplyPart part) {
    if (part.replaces()) {
      raw.setLength(0);
      scanned = 0;
      answer = 0;
      aside = -1;
      before = "";
      thinking = false;
    }
    raw.append(part.text());
    thoughtApart |= !part.thoughts().isEmpty();
    model = model.or(part::model);
    finish = part.finish().or(() -> finish);
    scan(false);
  }

  /** Who answers, where that was said. */
  Optional<String> model() {
    return model;
  }

  /** Why it ended; empty where that was not said. */
  Optional<FinishReason> finish() {
    return finish;
  }

  /** Whether there were thoughts. */
  boolean thought() {
    return thoughtApart || thinking || answer > 0;
  }

  /** Whether thoughts ended that nobody had begun: the server's template begins them. */
  boolean closedUnopened() {
    return closedUnopened;
  }

  /** Whether thoughts ended. */
  boolean closed() {
    return answer > 0;
  }

  /** The answer while more may come; empty while the model thinks. */
  String soFar() {
    String text = spoken().stripLeading();
    return ThoughtTags.mayOpen(text) ? "" : ThoughtTags.unboxed(text, thought()).stripLeading();
  }

  /** The answer, now that no more will come; empty where there are only thoughts. */
  String whole() {
    if (JsonText.isJson(raw.toString())) {
      return raw.toString().strip();
    }
    scan(true);
    String text = spoken();
    return ThoughtTags.unboxed(text.isBlank() ? before : text, thought()).strip();
  }

  private String spoken() {
    if (thinking) {
      return "";
    }
    return aside < 0 ? raw.substring(answer) : raw.substring(answer, aside);
  }

  private void scan(boolean atEnd) {
    Matcher marks = ThoughtTags.marks(raw);
    marks.region(Math.max(answer, scanned - ThoughtTags.LONGEST), raw.length());
    marks.useTransparentBounds(true);
    scanned = raw.length();
    while (marks.find()) {
      if (ThoughtTags.isQuote(raw, marks.start() - 1)) {
        if (marks.end() == raw.length() && !atEnd) {
          return; // what follows tells whether it is spoken of
        }
        if (ThoughtTags.isQuote(raw, marks.end())) {
          continue;
        }
      }
      if (ThoughtTags.opens(marks)) {
        open(marks.start());
      } else {
        close(marks.end());
      }
    }
  }

  private void open(int at) {
    opened = true;
    if (thinking || aside >= 0) {
      return;
    }
    if (raw.substring(answer, at).isBlank()) {
      thinking = true;
    } else {
      aside = at;
    }
  }

  private void close(int end) {
    closedUnopened |= !opened;
    before = aside < 0 ? "" : raw.substring(answer, aside);
    answer = end;
    aside = -1;
    thinking = false;
  }
}
