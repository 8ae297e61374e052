package framewise.server.export;

/**
 * WebVTT, <a href="https://www.w3.org/TR/webvtt1/">as the W3C defines it</a>. A prompt's name
 * becomes the voice of its answers.
 */
final class WebVtt implements CueStyle {
  @Override
  public String header() {
    return "WEBVTT\n\n";
  }

  @Override
  public String cue(long number, Cue cue) {
    String voice = CueStyle.plain(cue.name()).map(name -> "<v " + escaped(name) + ">").orElse("");
    String text = escaped(CueStyle.plain(cue.text()));
    return "%d\n%s --> %s\n%s%s\n\n".formatted(number, cue.start(), cue.end(), voice, text);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
