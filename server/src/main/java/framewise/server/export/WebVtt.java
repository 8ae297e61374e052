package framewise.server.export;

import framewise.media.MediaTime;

/** WebVTT, <a href="https://www.w3.org/TR/webvtt1/">as the W3C defines it</a>. */
final class WebVtt implements CueStyle {
  @Override
  public String header() {
    return "WEBVTT\n\n";
  }

  @Override
  public String cue(long number, MediaTime start, MediaTime end, String text) {
    String escaped =
        CueStyle.withoutBlankLines(text)
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;");
    return number + "\n" + start + " --> " + end + "\n" + escaped + "\n\n";
  }
}
