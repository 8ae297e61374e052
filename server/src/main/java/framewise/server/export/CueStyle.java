package framewise.server.export;

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

  /** Removes blank lines from a text, because a blank line ends a cue. */
  static String withoutBlankLines(String text) {
    return text.strip().replaceAll("\\R(\\s*\\R)*", "\n");
  }
}
