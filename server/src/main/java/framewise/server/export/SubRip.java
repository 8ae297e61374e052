package framewise.server.export;

import framewise.media.MediaTime;

/** SubRip: numbered cues, a comma before the milliseconds. Nothing in it can be escaped. */
final class SubRip implements CueStyle {
  @Override
  public String header() {
    return "";
  }

  @Override
  public String cue(long number, MediaTime start, MediaTime end, String text) {
    String plain = CueStyle.withoutBlankLines(text).replace("-->", "->");
    return number + "\n" + time(start) + " --> " + time(end) + "\n" + plain + "\n\n";
  }

  private static String time(MediaTime time) {
    return time.toString().replace('.', ',');
  }
}
