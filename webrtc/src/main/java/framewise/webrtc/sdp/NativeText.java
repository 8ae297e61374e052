package framewise.webrtc.sdp;

/**
 * Checks text for the native library: printable ASCII in lines, never a percent sign. The library's
 * Java layer uses the text of a parse error as a {@code printf} format, so {@code %p} in a
 * description exposed addresses of the process and {@code %n} crashed it.
 */
public final class NativeText {
  private static final int MAX_SHOWN = 200;

  private NativeText() {}

  /** Whether the text is safe for the library. */
  public static boolean isSafe(String text) {
    return text.chars().allMatch(c -> (c >= ' ' && c <= '~' && c != '%') || c == '\r' || c == '\n');
  }

  /** The library's error message for the debug log: at most 200 plain characters. */
  public static String reason(String said) {
    StringBuilder plain = new StringBuilder();
    said.chars()
        .limit(MAX_SHOWN)
        .forEach(c -> plain.append(c >= ' ' && c <= '~' && c != '%' ? (char) c : '.'));
    return plain.toString();
  }
}
