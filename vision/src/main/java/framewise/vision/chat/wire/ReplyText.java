package framewise.vision.chat.wire;

import framewise.vision.FinishReason;
import framewise.vision.chat.tool.CallsSoFar;
import framewise.vision.schema.JsonText;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * A model's text so far, in any wire format: the answer, separated from its thoughts. Takes time
 * proportional to the text. Used by one thread at a time.
 */
public final class ReplyText {
  /**
   * Maximum characters, thoughts included; an answer alone may have {@link AnswerText#MAX_LENGTH}.
   */
  private static final int MAX_LENGTH = 1 << 18;

  private final StringBuilder raw = new StringBuilder();
  private final CallsSoFar calls = new CallsSoFar();
  private boolean thoughtApart;
  private boolean cut;
  private Optional<String> model = Optional.empty();
  private Optional<FinishReason> finish = Optional.empty();

  /** End of the part already searched for tags. */
  private int scanned;

  /** Start of the answer, as far as known. */
  private int answer;

  /** Start of unfinished thoughts after the beginning of an answer; -1 if there are none. */
  private int aside = -1;

  /** The text before the newest thoughts; the whole answer of models that think after it. */
  private String before = "";

  /** Whether thoughts opened at the start and have not closed. */
  private boolean thinking;

  private boolean opened;
  private boolean closedUnopened;

  void add(ReplyPart part) {
    if (part.replaces()) {
      raw.setLength(0);
      cut = false;
      scanned = 0;
      answer = 0;
      aside = -1;
      before = "";
      thinking = false;
      calls.clear();
    }
    part.calls().forEach(calls::add);
    int room = Math.max(0, MAX_LENGTH - raw.length());
    cut |= part.text().length() > room;
    raw.append(part.text(), 0, Math.min(room, part.text().length()));
    thoughtApart |= !part.thoughts().isEmpty();
    model = model.or(part::model);
    finish = part.finish().or(() -> finish);
    scan(false);
  }

  /** The model that answers, if stated. */
  public Optional<String> model() {
    return model;
  }

  /** Why the answer ended; empty when not stated. */
  public Optional<FinishReason> finish() {
    return finish;
  }

  /** Whether text or calls of tools were dropped because there was too much. */
  public boolean isCut() {
    return cut || calls.isCut();
  }

  /** Calls of tools. */
  public CallsSoFar calls() {
    return calls;
  }

  /** Whether the model had thoughts. */
  public boolean thought() {
    return thoughtApart || thinking || answer > 0;
  }

  /** Whether thoughts closed without having opened, because the server's template opens them. */
  public boolean closedUnopened() {
    return closedUnopened;
  }

  /** Whether thoughts closed. */
  public boolean closed() {
    return answer > 0;
  }

  /** The answer so far; empty while the model thinks. */
  String soFar() {
    String text = spoken().stripLeading();
    return ThoughtTags.mayOpen(text) ? "" : ThoughtTags.unboxed(text, thought()).stripLeading();
  }

  /** The final answer; empty when there are only thoughts. */
  public String whole() {
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
    marks.region(Math.max(answer, scanned - ThoughtTags.MAX_LENGTH), raw.length());
    marks.useTransparentBounds(true);
    scanned = raw.length();
    while (marks.find()) {
      if (ThoughtTags.isQuote(raw, marks.start() - 1)) {
        if (marks.end() == raw.length() && !atEnd) {
          return; // what follows shows whether the tag is only quoted
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
