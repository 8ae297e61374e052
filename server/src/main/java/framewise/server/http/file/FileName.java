package framewise.server.http.file;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** File name for downloads. */
public final class FileName {
  private FileName() {}

  /** Replaces the extension: players find subtitles by the video's name. */
  public static String withExtension(String name, String extension) {
    int dot = name.lastIndexOf('.');
    return (dot > 0 ? name.substring(0, dot) : name) + "." + extension;
  }

  /**
   * {@code Content-Disposition} (RFC 6266), with an ASCII form for old clients.
   *
   * @param how {@code attachment} or {@code inline}
   */
  public static String disposition(String how, String name) {
    String ascii = name.replaceAll("[^\\x20-\\x7e]|[\"\\\\%]", "_");
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return "%s; filename=\"%s\"; filename*=UTF-8''%s".formatted(how, ascii, encoded);
  }
}
