package framewise.vision;

import framewise.media.EncodedPicture;
import java.util.List;

/**
 * What a service was sent about a clip.
 *
 * @param backend the name of the back end that sent it
 * @param pictures the very bytes, in the order in which they were sent, with each request
 * @param requests the bodies as JSON text, without secrets, each picture's data replaced by the
 *     SHA-256 of its bytes, as {@code sha256:} and 64 hexadecimal digits; more than one where an
 *     answer had to be mended. At least one
 */
public record SentRequest(String backend, List<EncodedPicture> pictures, List<String> requests) {
  public SentRequest {
    pictures = List.copyOf(pictures);
    requests = List.copyOf(requests);
  }
}
