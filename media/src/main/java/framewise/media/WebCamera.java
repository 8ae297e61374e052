package framewise.media;

import framewise.media.network.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a web server sends one JPEG after the other, as cameras do. Most say so; of those that do
 * not, what they send has no length and begins with a JPEG, or with the headers of one.
 */
final class WebCamera {
  /** What cameras call it. */
  private static final Set<String> TYPES =
      Set.of(
          "image/jpeg",
          "image/jpg",
          "image/pjpeg",
          "video/jpeg",
          "video/mjpeg",
          "video/x-mjpeg",
          "video/x-motion-jpeg",
          "video/x-jpeg");

  /** What says nothing. */
  private static final Set<String> ANY =
      Set.of("", "text/plain", "application/octet-stream", "application/x-unknown");

  private WebCamera() {}

  /**
   * Looks at an answer.
   *
   * @param start its first bytes
   */
  static boolean isOne(HttpReply reply, byte[] start, int length) {
    if (reply.type().startsWith("multipart/")) {
      return true;
    }
    if (reply.total().isPresent()) {
      return false;
    }
    return TYPES.contains(reply.type())
        || JpegScan.begins(start, length)
        || (ANY.contains(reply.type()) && isPart(start, length));
  }

  /** Whether there are a boundary or headers. */
  private static boolean isPart(byte[] start, int length) {
    String text =
        new String(start, 0, length, StandardCharsets.ISO_8859_1)
            .stripLeading()
            .toLowerCase(Locale.ROOT);
    return text.startsWith("--") || text.startsWith("content-") || text.contains("\ncontent-type:");
  }
}
