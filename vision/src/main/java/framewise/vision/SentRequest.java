package framewise.vision;

import framewise.media.EncodedPicture;
import java.util.List;

/**
 * What a service was sent about a clip.
 *
 * @param pictures the very bytes, in the order in which they were sent
 * @param request the request's body as JSON text, without secrets, each picture's data replaced by
 *     the SHA-256 of its bytes, as {@code sha256:} and 64 hexadecimal digits
 */
public record SentRequest(List<EncodedPicture> pictures, String request) {
  public SentRequest {
    pictures = List.copyOf(pictures);
  }
}
