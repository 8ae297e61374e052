package framewise.server.export;

import framewise.engine.ShownText;
import java.util.Optional;

/** Format of one kind of subtitle file. */
interface CueStyle {
  /** Header of the file. */
  String header();

  /**
   * One complete cue, including the blank line after it.
   *
   * @param number from 1
   */
  String cue(long number, Cue cue);

  /**
   * Text without blank lines, because a blank line ends a cue, and without unprintable characters:
   * control characters in a model's answer would act on a terminal that displays the file.
   */
  static String plain(String text) {
    String lines = text.replaceAll("\\R", "\n");
    return ShownText.withoutHidden(lines).strip().replaceAll("\\R(\\s*\\R)*", "\n");
  }

  /** A name on one line, cleaned in the same way. */
  static Optional<String> plain(Optional<String> name) {
    return name.map(CueStyle::plain).map(text -> text.replace('\n', ' '));
  }
}
