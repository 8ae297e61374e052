package framewise.server.http.file;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** File of a {@link Site}. Immutable, as long as nothing modifies its bytes. */
final class Asset {
  private static final Pattern INLINE_SCRIPT =
      Pattern.compile("<script(?![^>]*\\bsrc=)[^>]*>(.*?)</script>", Pattern.DOTALL);
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("yaml", "application/yaml; charset=utf-8"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  private final byte[] bytes;
  private final String contentType;
  private final String etag;
  private final String scripts;

  private Asset(byte[] bytes, String contentType, String etag, String scripts) {
    this.bytes = bytes;
    this.contentType = contentType;
    this.etag = etag;
    this.scripts = scripts;
  }

  /**
   * @param name its extension determines the type
   */
  static Asset of(String name, byte[] bytes) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return new Asset(
        bytes,
        TYPES.getOrDefault(extension, "application/octet-stream"),
        "\"" + HexFormat.of().formatHex(sha256(bytes), 0, 16) + "\"",
        extension.equals("html") ? scriptHashes(bytes) : "");
  }

  byte[] bytes() {
    return bytes;
  }

  String contentType() {
    return contentType;
  }

  /** Entity tag from its content, in quotes. */
  String etag() {
    return etag;
  }

  /**
   * Sources that a content security policy must list in addition to {@code 'self'} for the scripts
   * inside a page, such as its import map: the hash of each, with a blank before it.
   */
  String scripts() {
    return scripts;
  }

  private static String scriptHashes(byte[] page) {
    return INLINE_SCRIPT
        .matcher(new String(page, StandardCharsets.UTF_8))
        .results()
        .map(script -> script.group(1).getBytes(StandardCharsets.UTF_8))
        .map(script -> " 'sha256-" + Base64.getEncoder().encodeToString(sha256(script)) + "'")
        .collect(Collectors.joining());
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
