package framewise.server.export;

import framewise.media.MediaTime;

/**
 * SubRip: numbered cues, a comma before the milliseconds, the prompt's name before its answers. The
 * format has no escapes.
 */
final class SubRip implements CueStyle {
  @Override
  public String header() {
    return "";
  }

  @Override
  public String cue(long number, Cue cue) {
    String name = CueStyle.plain(cue.name()).map(text -> text + ": ").orElse("");
    String plain = (name + CueStyle.plain(cue.text())).replace("-->", "->");
    return number + "\n" + time(cue.start()) + " --> " + time(cue.end()) + "\n" + plain + "\n\n";
  }

  private static String time(MediaTime time) {
    return time.toString().replace('.', ',');
  }
}
