package framewise.vision;

import framewise.media.picture.EncodedPicture;
import java.util.List;

/**
 * The data sent to a service about a clip.
 *
 * @param backend name of the back end that sent it
 * @param pictures the exact bytes sent with each request, in order
 * @param requests at least one request body as JSON text, without secrets, each picture's data
 *     replaced by {@code sha256:} and the 64 hexadecimal digits of its hash; several if an answer
 *     had to be corrected
 */
public record SentRequest(String backend, List<EncodedPicture> pictures, List<String> requests) {
  public SentRequest {
    pictures = List.copyOf(pictures);
    requests = List.copyOf(requests);
  }
}
