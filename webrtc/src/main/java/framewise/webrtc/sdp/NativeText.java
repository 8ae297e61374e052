package framewise.webrtc.sdp;

/**
 * What the native library may be given as text: printable ASCII in lines, and never a percent sign.
 * The library's Java layer uses the text of a parse error as a {@code printf} format, so that
 * {@code %p} in a description showed addresses of the process and {@code %n} ended it.
 */
public final class NativeText {
  private static final int MAX_SHOWN = 200;

  private NativeText() {}

  /** Whether the text may reach the library. */
  public static boolean isSafe(String text) {
    return text.chars().allMatch(c -> (c >= ' ' && c <= '~' && c != '%') || c == '\r' || c == '\n');
  }

  /** What the library says of a fault, for a log at debug level: at most 200 plain characters. */
  public static String reason(String said) {
    StringBuilder plain = new StringBuilder();
    said.chars()
        .limit(MAX_SHOWN)
        .forEach(c -> plain.append(c >= ' ' && c <= '~' && c != '%' ? (char) c : '.'));
    return plain.toString();
  }
}
