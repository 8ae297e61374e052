package framewise.media.live;

import framewise.media.network.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Detects web cameras, which send one JPEG after another. Most declare it; others send data without
 * a length that starts with a JPEG, or with the headers of one.
 */
final class WebCamera {
  /** Content types of cameras. */
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

  /** Generic content types, which say nothing about the content. */
  private static final Set<String> ANY =
      Set.of("", "text/plain", "application/octet-stream", "application/x-unknown");

  private WebCamera() {}

  /**
   * Whether a reply comes from a camera.
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

  /** Whether the bytes start with a boundary or part headers. */
  private static boolean isPart(byte[] start, int length) {
    String text =
        new String(start, 0, length, StandardCharsets.ISO_8859_1)
            .stripLeading()
            .toLowerCase(Locale.ROOT);
    return text.startsWith("--") || text.startsWith("content-") || text.contains("\ncontent-type:");
  }
}
