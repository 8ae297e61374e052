package framewise.server.export;

/** How one kind of subtitle file is written. */
interface CueStyle {
  /** What the file begins with. */
  String header();

  /**
   * One cue with everything that belongs to it, the blank line after it included.
   *
   * @param number from 1
   */
  String cue(long number, Cue cue);

  /** A blank line ends a cue, so a text keeps none. */
  static String withoutBlankLines(String text) {
    return text.strip().replaceAll("\\R(\\s*\\R)*", "\n");
  }
}
