package framewise.server.upload;

import framewise.engine.ShownText;

/** Sanitized name of a video, for display; never used to open a file. */
public final class DisplayName {
  static final int MAX_LENGTH = 255;

  private static final String NAMELESS = "video";
  private static final int MAX_EXTENSION_LENGTH = 16;

  private DisplayName() {}

  /**
   * Removes folders, characters that do not print or that change the direction of writing, and the
   * middle of a long name, so that the extension stays.
   */
  public static String of(String given) {
    String name = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    String shown = ShownText.of(name, Integer.MAX_VALUE);
    if (shown.isEmpty() || shown.equals(".") || shown.equals("..")) {
      return NAMELESS;
    }
    return shorten(shown);
  }

  private static String shorten(String name) {
    int length = name.codePointCount(0, name.length());
    if (length <= MAX_LENGTH) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String extension =
        dot > 0 && name.length() - dot <= MAX_EXTENSION_LENGTH ? name.substring(dot) : "";
    int kept = MAX_LENGTH - extension.codePointCount(0, extension.length());
    return name.substring(0, name.offsetByCodePoints(0, kept)) + extension;
  }
}
